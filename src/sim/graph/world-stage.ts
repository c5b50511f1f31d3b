import type { FaultRecord } from '../../faults/fault.js';
import type { VirtualClock } from '../../ground/virtual-clock.js';
import type { Approach } from '../../ports/faults.js';
import { type PreparedDevice, type SimulationOptions, simulate } from '../../world/simulated.js';
import type { World } from '../../world/world.js';
import { approachOf, noticeAfterMs } from './customer.js';
import type { Deed } from './deeds.js';
import type { GraphPath } from './paths.js';
import { stateOf } from './situation.js';
import { delayOfStep, nextStep, Stage, timingsOf } from './stage.js';

/** By its own profile the one says what it has printed, and the other answers nothing at all. */
export interface StageDevices {
  readonly confirming: PreparedDevice;
  readonly silent: PreparedDevice;
}

const METHODS = { authorize: 'alipay.trade.pay', query: 'alipay.trade.query', cancel: 'alipay.trade.cancel' } as const;
const ANSWERS = { authorize: 'AUTHORIZED', query: 'QUERIED', cancel: 'CANCELLED' } as const;
type Call = keyof typeof METHODS;

/** Between two steps that no delay lies between: enough for the first to be done, and less than any delay. */
const BETWEEN_STEPS_MS = 150;

/** Of a ticket: all of it has been sent by then, and not all of it confirmed. */
const MUTE_FROM_LINE = 18;

/** No QR code can hold U+0010 as a printer is sent it (DLE), so that no ticket with this can be printed. */
const UNPRINTABLE_URL = 'https://tickets.example/\u0010{orderNo}';

/** A whole world, in which people, faults and time make happen what the path says. */
export class WorldStage extends Stage {
  readonly world: World;
  readonly clock: VirtualClock;
  /** One that this printer's driver notices: of a silent one only that it is gone. */
  readonly #seenFault: string;
  readonly #faults = new Map<string, string[]>();

  constructor(path: GraphPath, { confirming, silent }: StageDevices) {
    super(path);
    const says = (word: string) => path.steps.some(({ deed }) => deed.type === 'PRINTED' && deed.word === word);
    const options: SimulationOptions = {
      policy: path.house.policy,
      timings: timingsOf(path),
      ...(says('unprintable') ? { merchant: { digitalTicketUrl: UNPRINTABLE_URL } } : {}),
      ...noticesOf(path),
    };
    const isSilent = says('unconfirmed');
    ({ world: this.world, clock: this.clock } = simulate(isSilent ? silent : confirming, options));
    this.#seenFault = isSilent ? 'link.printer-lost' : 'printer.cover-open';
  }

  protected prepare(at: number): void {
    const { after } = this.path.steps[at] ?? {};
    if (this.path.steps[at + 1]?.deed.type === 'STORAGE_FAILED')
      this.#put('storage', { fault: 'terminal.disk-full', when: 'now' });
    for (const effect of after?.effects ?? []) {
      if (effect.type === 'print') this.#preparePrint(at);
      else if (effect.type === 'authorize' || effect.type === 'query' || effect.type === 'cancel') {
        this.#prepareAnswer(at, effect.type);
      }
    }
  }

  protected happens(deed: Deed): void {
    if (deed.type !== 'PRINTER_STATUS') return; // It is on its way, or a matter of time.
    const ready = deed.word === 'ready';
    if (ready) this.#clear('printer');
    else if (!this.#faults.has('printer')) this.#put('printer', { fault: this.#seenFault, when: 'now' });
    this.until(`a printer that is ${ready ? '' : 'not '}ready`, () => this.world.printer.status().ready === ready);
  }

  protected override happened(at: number): void {
    const guarded = nextStep(this.path, at, ({ type }) => type === 'FOUND_PAID') !== undefined;
    if (this.path.steps[at]?.deed.type === 'CANCELLED' && !guarded) this.#clear('cancel');
    const answer = nextStep(this.path, at, ({ type }) => type === 'QUERIED');
    const asks = this.path.steps[at]?.after.effects.some(({ type }) => type === 'query') === true;
    const refunded = answer !== undefined && this.path.steps[answer]?.deed.word === 'refunded';
    if (asks && refunded) this.#refund(this.saleId(this.path.steps[answer]?.deed.sale));
  }

  protected code(at: number): string {
    const before = this.path.steps[at - 1]?.after ?? this.path.start;
    // A code that is shown when none is asked for is another customer's, and nobody's business.
    const approach: Approach = stateOf(before) === 'scanning' ? approachOf(this.path, at) : { behaviour: 'pays' };
    return this.world.people.codeOf(approach);
  }

  /** What becomes of a question that is asked in this step. */
  #prepareAnswer(at: number, call: Call): void {
    const method = METHODS[call];
    const answered = nextStep(this.path, at, ({ type }) => type === ANSWERS[call]);
    if (answered === undefined) {
      // Drops of an answer keep the connection alive, so that nobody says that it was lost.
      if (call === 'cancel') this.#put(call, { fault: 'platform.cancel-lost', what: 'request', times: 1 });
      else this.#put(call, { fault: 'network.drip', method, bytes: 1, everyMs: 1_000 });
      return;
    }
    const word = this.path.steps[answered]?.deed.word;
    if (word === 'unknown') this.#put(call, { fault: 'platform.system-error', method });
    if (word === 'retry') this.#put(call, { fault: 'platform.system-error', method, booked: false });
    if (word === 'refused' && call === 'cancel') this.#put(call, { fault: 'platform.cancel-refused' });
    const delayMs = this.#betweenMs(at, answered);
    if (delayMs > 0) this.#put(call, { fault: 'platform.answer-delayed', method, delayMs });
  }

  #betweenMs(from: number, to: number): number {
    let ms = 0;
    for (let i = from + 1; i < to; i++) ms += delayOfStep(this.path, i) + BETWEEN_STEPS_MS;
    return ms;
  }

  /** What is to go wrong with a ticket that is printed in this step. */
  #preparePrint(at: number): void {
    const printed = nextStep(this.path, at, ({ type }) => type === 'PRINTED');
    const word = printed === undefined ? undefined : this.path.steps[printed]?.deed.word;
    if (word === 'partial') this.#put('printer', { fault: 'printer.paper-jam', when: { line: 6 } });
    if (word === 'unknown') this.#put('printer', { fault: 'printer.mute', when: { line: MUTE_FROM_LINE } });
    if (word === 'not-printed') this.#put('printer', { fault: 'printer.cover-open', when: 'now' });
  }

  /** The merchant's own people give the money back, past the terminal. */
  #refund(saleId: string): void {
    const trade = this.world.platform?.ledger.trade(saleId);
    if (trade === undefined) throw new Error(`the platform does not know ${saleId}, and is to refund it`);
    const content = {
      out_trade_no: saleId,
      refund_amount: (trade.paidFen / 100).toFixed(2),
      out_request_no: 'back-office',
    };
    this.world.platform?.exchange('alipay.trade.refund', content, () => {});
  }

  #put(place: string, record: FaultRecord): void {
    const ids = this.#faults.get(place) ?? [];
    this.#faults.set(place, [...ids, this.world.faults.put(record).id]);
  }

  #clear(place: string): void {
    for (const id of this.#faults.get(place) ?? []) this.world.faults.clear(id);
    this.#faults.delete(place);
  }
}

/** Notices only where the path has one, and then in time for it. */
function noticesOf(path: GraphPath): SimulationOptions {
  const afterMs = noticeAfterMs(path, BETWEEN_STEPS_MS);
  return afterMs === undefined ? {} : { notify: true, platform: { noticeAfterMs: afterMs } };
}
