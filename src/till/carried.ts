import type { TillBreak, TillFate } from '../ports/till-faults.js';
import type { World } from '../world/world.js';
import type { Connection, NoteDelivery, UnderWay } from './connection.js';
import type { Exchange, TillAnswer, TillFace, TillLook, TillRequest, ToldPayment } from './wire.js';

export interface CarriedGround {
  readonly face: TillFace;
  readonly look: TillLook;
  readonly fate: TillFate;
  readonly note: NoteDelivery;
  after(delayMs: number, run: () => void): void;
}

/** A request on its way to a face, and then the answer on its way back. */
export class Carried implements Exchange, UnderWay {
  readonly #ground: CarriedGround;
  readonly #connection: Connection;
  /** The face has to say something; it has, and that is on its way; it has left, or what came in its place. */
  #state: 'asked' | 'answered' | 'over' = 'asked';
  #gone = false;
  /** The face has got it, and has had time to say what it wants to hear of. */
  #taken = false;
  #goneListeners: (() => void)[] = [];
  /** The sales of which the till is to hear here; `undefined` once it is noted whether it has. */
  readonly #awaited = new Map<string, World | undefined>();

  constructor(
    readonly request: TillRequest,
    ground: CarriedGround,
    connection: Connection,
  ) {
    this.#ground = ground;
    this.#connection = connection;
  }

  begin(): this {
    const { breaks, requestDelayMs = 0 } = this.#ground.fate;
    const lost = breaks?.delivered === false ? breaks : undefined;
    this.#after(requestDelayMs, () => (lost === undefined ? this.#arrive() : this.#break(lost, undefined)));
    return this;
  }

  answer(answer: TillAnswer, ...told: readonly ToldPayment[]): void {
    if (this.#state !== 'asked') return;
    this.#state = 'answered';
    this.#goneListeners = [];
    for (const { world, saleId } of told) this.#await(world, saleId);
    if (this.#gone) this.#lose();
    else if (this.#powerCutAt('answered')) this.#tearDown();
    else this.#sendOff(answer, told);
  }

  expects(world: World, saleId: string): void {
    if (this.#state !== 'asked') return;
    this.#await(world, saleId);
    if (this.#gone) this.#lose();
  }

  onGone(run: () => void): void {
    if (this.#state !== 'asked') return;
    if (this.#gone && this.#taken) run();
    else this.#goneListeners.push(run);
  }

  drop(): void {
    if (this.#state === 'asked') this.#tearDown();
  }

  /** A request that is still on its way arrives all the same: what has left the till cannot be called back. */
  gone(): void {
    if (this.#gone || this.#state === 'over') return;
    this.#gone = true;
    this.#lose();
    if (this.#taken) this.#tellGone();
  }

  #arrive(): void {
    const { face, fate, after } = this.#ground;
    if (this.#powerCutAt('arrived')) {
      this.#tearDown();
      return;
    }
    if (fate.busy === true) face.refuseBusy(this);
    else face.accept(this);
    this.#taken = true;
    if (this.#gone) this.#tellGone();
    if (fate.requestAgainMs !== undefined) after(fate.requestAgainMs, () => face.accept(unheard(this.request)));
  }

  /** Tells of the moment. A terminal whose power goes in it takes down what is connected to itself. */
  #powerCutAt(at: 'arrived' | 'answered'): boolean {
    const { world, kind, cloud = false } = this.#ground.look;
    if (world === undefined) return false;
    const { terminal } = world;
    const wasOff = terminal.state === 'off';
    world.tills.reached(kind, at);
    return !cloud && !wasOff && terminal.state === 'off';
  }

  #sendOff(answer: TillAnswer, told: readonly ToldPayment[]): void {
    const { face, fate } = this.#ground;
    const { breaks, answerDelayMs = 0 } = fate;
    for (const { world, saleId, payment } of told) world.tills.told({ face: face.name, saleId, payment });
    this.#after(answerDelayMs, () => {
      if (this.#gone) return;
      if (breaks === undefined) this.#send(answer, told);
      else this.#break(breaks, answer);
    });
  }

  #send(answer: TillAnswer, told: readonly ToldPayment[]): void {
    const whole = this.#ground.fate.answerTwice === true ? { ...answer, body: answer.body.repeat(2) } : answer;
    this.#connection.send(whole, () => {
      if (this.#gone || this.#state === 'over') return;
      this.#state = 'over';
      for (const { saleId } of told) this.#note('delivered', saleId);
    });
  }

  /** `answer`: what is spoilt; none when the request itself did not come through. */
  #break({ how }: TillBreak, answer: TillAnswer | undefined): void {
    if (how === 'silence') return; // Until the till hangs up.
    this.#state = 'over';
    if (how === 'half' && answer !== undefined) this.#connection.half(answer);
    else if (how === 'reset' || how === 'half') this.#connection.reset();
    else this.#connection.send({ status: 200, body: how === 'empty' ? '' : how.body }, () => {});
    this.#lose();
  }

  #tearDown(): void {
    this.#state = 'over';
    this.#goneListeners = [];
    this.#connection.reset();
    this.#lose();
  }

  #tellGone(): void {
    for (const run of this.#goneListeners.splice(0)) run();
  }

  #await(world: World, saleId: string): void {
    if (!this.#awaited.has(saleId)) this.#awaited.set(saleId, world);
  }

  #lose(): void {
    for (const saleId of [...this.#awaited.keys()]) this.#note('lost', saleId);
  }

  #note(fact: 'delivered' | 'lost', saleId: string): void {
    const world = this.#awaited.get(saleId);
    this.#awaited.set(saleId, undefined);
    if (world !== undefined) this.#ground.note(fact, this.#ground.face.name, world, saleId);
  }

  #after(delayMs: number, run: () => void): void {
    if (delayMs > 0) this.#ground.after(delayMs, run);
    else run();
  }
}

/** The second of two requests that are the same: whoever has repeated it wants to know nothing. */
function unheard(request: TillRequest): Exchange {
  return { request, answer: () => {}, expects: () => {}, onGone: () => {}, drop: () => {} };
}
