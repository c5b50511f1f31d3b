import { PaperjamError } from '../../base/errors.js';
import type { VirtualClock } from '../../ground/virtual-clock.js';
import type { Timings } from '../../terminal/timings.js';
import type { World } from '../../world/world.js';
import type { Deed } from './deeds.js';
import { CODE_OF_NO_WALLET, PAGE, TEXT } from './events.js';
import type { GraphPath } from './paths.js';
import { AMOUNT_FEN, GRAPH_TIMINGS, stateOf } from './situation.js';
import { keyOfDefinition, START_WAYS } from './transitions.js';

/** The longest that anything of a path is waited for: more than its longest delay. */
const PATIENCE_MS = 120_000;

/** A world on which a path is walked. What people do is the same on every one; platform and printer are brought to it. */
export abstract class Stage {
  abstract readonly world: World;
  abstract readonly clock: VirtualClock;
  /** What the machine has taken in this step. */
  readonly taken: string[] = [];
  readonly #ever = new Set<string>();
  /** The order numbers of the path's sales. */
  readonly saleIds: string[] = [];

  constructor(readonly path: GraphPath) {}

  /** Boots the terminal, as each path begins. */
  start(): void {
    this.world.watch({
      transition: (definition) => this.#heard(keyOfDefinition(definition)),
      state: (state, from) => {
        if (from === 'boot') for (const key of START_WAYS.get(state) ?? []) this.#heard(key);
      },
    });
    this.world.start();
    const { terminal } = this.world;
    const { taken } = this.path.start;
    this.until('the boot', () => {
      const { ready } = this.world.printer.status();
      return terminal.caughtUp && ready && taken.every((key) => this.hasTaken(key));
    });
  }

  /** Whether the machine has taken it at any time of the path. */
  hasTaken(key: string): boolean {
    return this.#ever.has(key);
  }

  /** Makes a step of the path happen, and waits until the machine has heard of it. */
  take(at: number): void {
    this.taken.length = 0;
    this.prepare(at);
    const { deed, after } = this.path.steps[at] ?? {};
    if (deed === undefined || after === undefined) throw new Error(`the path has no step ${at}`);
    if (!this.#byPeople(deed, at)) this.happens(deed, at);
    const last = after.taken.at(-1);
    if (deed.type !== 'PRINTER_STATUS' && last !== undefined) {
      this.until(last, () => this.taken.includes(last));
    }
    const failing = this.path.steps[at + 1]?.deed.type === 'STORAGE_FAILED';
    if (!failing) this.until('the journal', () => this.world.terminal.caughtUp);
    this.happened(at);
  }

  /** What has to be in place before a step. */
  protected abstract prepare(at: number): void;
  /** What comes from the platform, the printer, or time. */
  protected abstract happens(deed: Deed, at: number): void;
  protected happened(_at: number): void {}
  /** The code that the customer of this step shows. */
  protected abstract code(at: number): string;

  /** Lets time pass until it is so. */
  protected until(what: string, done: () => boolean): void {
    if (this.clock.runUntil(done, PATIENCE_MS)) return;
    throw new Error(
      `${what} did not come within ${PATIENCE_MS / 1_000} s, the terminal is at ${this.world.terminal.state}`,
    );
  }

  protected saleId(sale: number | undefined): string {
    return this.saleIds[sale ?? -1] ?? '';
  }

  #heard(key: string): void {
    this.taken.push(key);
    this.#ever.add(key);
  }

  #byPeople(deed: Deed, at: number): boolean {
    const { people, terminal } = this.world;
    switch (deed.type) {
      case 'SELL':
        this.clock.advance(1); // Two sales of one millisecond could have one number.
        this.saleIds.push(people.sell(AMOUNT_FEN));
        return true;
      case 'BUSY':
        refusedWith(deed.word === 'sale' ? 'PJ_BUSY' : 'PJ_TICKET_HELD', () => people.sell(AMOUNT_FEN));
        return true;
      case 'NO_PAPER':
        refusedWith('PJ_PAPER_REQUIRED', () => people.sell(AMOUNT_FEN));
        return true;
      case 'SCAN':
        people.show(deed.word === 'code' ? this.code(at) : CODE_OF_NO_WALLET);
        return true;
      case 'CANCEL':
        people.cancel();
        return true;
      case 'REPRINT':
        people.reprint(this.saleId(deed.sale));
        return true;
      case 'REVERSE':
        people.reverse(this.saleId(deed.sale));
        return true;
      case 'DIGITAL':
        terminal.offerDigital(this.saleId(deed.sale));
        return true;
      case 'PRINT_NOW':
        terminal.printNow();
        return true;
      case 'SELF_TEST':
        terminal.selfTest();
        return true;
      case 'PAGE':
        terminal.printPage(PAGE, { id: `${at}`, from: 'graph' });
        return true;
      case 'TEXT':
        terminal.showText(TEXT);
        return true;
      case 'TOLD':
        this.#tell(deed);
        return true;
      case 'POWER_CUT':
        this.world.powerCut();
        return true;
      default:
        return false;
    }
  }

  #tell({ word, sale }: Deed): void {
    const { terminal } = this.world;
    const saleId = this.saleId(sale);
    if (word === 'declined') terminal.declineTicket(saleId);
    else if (word === 'left') terminal.customerLeft(saleId);
    else terminal.ticketSeen(saleId, word === 'complete' ? 'complete' : 'blank');
  }
}

/** A key that the terminal is to refuse, and for this reason. */
function refusedWith(code: string, press: () => unknown): void {
  try {
    press();
  } catch (error) {
    if (error instanceof PaperjamError && error.code === code) return;
    throw error;
  }
  throw new Error(`the key was taken, and is to be refused with ${code}`);
}

/** The first step behind `at` that is such a one, before the power goes. */
export function nextStep(path: GraphPath, at: number, isIt: (deed: Deed) => boolean): number | undefined {
  for (let i = at + 1; i < path.steps.length; i++) {
    const deed = path.steps[i]?.deed;
    if (deed === undefined || deed.type === 'POWER_CUT') return undefined;
    if (isIt(deed)) return i;
  }
  return undefined;
}

/** The path's timings: the guard task has found the sale paid when the path says so, and else does nothing for as long as it lasts. */
export function timingsOf(path: GraphPath): Timings {
  const found = path.steps.findIndex(({ deed }) => deed.type === 'FOUND_PAID');
  if (found < 0) return { ...GRAPH_TIMINGS, guardFirstMs: 3_600_000 };
  const unresolved = path.steps.findIndex(({ after }) => stateOf(after) === 'unresolved');
  let afterMs = 0;
  for (let i = unresolved + 1; i < found; i++) afterMs += delayOfStep(path, i);
  return { ...GRAPH_TIMINGS, guardFirstMs: 1_000, guardEveryMs: afterMs + 1_000 };
}

/** The delay that ends with a step, in ms. */
export function delayOfStep(path: GraphPath, at: number): number {
  const step = path.steps[at];
  if (step?.deed.type !== 'AFTER') return 0;
  const before = path.steps[at - 1]?.after ?? path.start;
  const { timings } = before.machine.context;
  const { word = '' } = step.deed;
  const delays: Readonly<Record<string, number>> = {
    scanTimeout: timings.scanTimeoutMs,
    authorizeTimeout: timings.authorizeTimeoutMs,
    queryTimeout: timings.queryTimeoutMs,
    queryInterval: timings.queryIntervalMs,
    cancelTimeout: timings.cancelTimeoutMs,
    cancelInterval: timings.cancelIntervalMs,
    result: timings.resultMs,
    prompt: timings.promptMs,
    digital: timings.digitalMs,
    voidDue: before.house.policy.voidAfterMs ?? 0,
  };
  const delayMs = delays[word];
  if (delayMs === undefined) throw new Error(`how long ${word} takes in ${stateOf(before)} is not known`);
  return delayMs;
}
