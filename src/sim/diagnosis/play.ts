import type { ActiveFault } from '../../faults/board.js';
import type { FaultRecord } from '../../faults/fault.js';
import { isFinal } from '../../terminal/facts.js';
import { isOfSale, type JournalRecord } from '../../terminal/journal/record.js';
import { type Verdict, verdictOf } from '../../terminal/verdict/verdict.js';
import { type PreparedDevice, simulate } from '../../world/simulated.js';
import type { World } from '../../world/world.js';
import { Cashier } from './cashier.js';
import type { DrawnRun } from './draw.js';
import { type Story, storyOf } from './story.js';

/** A sale of a run that was carried out. */
export interface PlayedSale {
  /** The same in every run of the same seed: `customer 1`, or `extra 1` for one that nobody had come for. */
  readonly name: string;
  readonly saleId: string;
  readonly story: Story;
  readonly verdict: Verdict;
  /** What the ledger has to say against the verdict's payment, at the end or at any record on the way. */
  readonly wrongPayments: readonly string[];
}

export interface Played {
  readonly sales: readonly PlayedSale[];
  /** Whether each of the run's faults ever began. */
  readonly begun: readonly boolean[];
  /** The terminal's journal as it stands at the end. */
  readonly journal: Uint8Array;
  readonly paperRequired: boolean;
}

/** How long a terminal may take to boot. */
const BOOT_MS = 10_000;
/** When, after the last sale has come to rest or cannot, everything that is still wrong has been mended. */
const FAULTS_END_MS = 400_000;
/** For what is late: answers, notices, their repetitions. */
const LATE_MS = 400_000;
/** Three rounds of the guard task, and what it waits for in them. */
const GUARD_MS = 3 * 960_000;

/**
 * Carries a run out, in virtual time and without looking at anything that a shop could not see; `without`: faults, by
 * their place in the run, that are left out of it while all else stays as it is.
 */
export function play(run: DrawnRun, device: PreparedDevice, without: ReadonlySet<number> = new Set()): Played {
  const { seed, policy, notify, sales, faults, fromTheStart, manners } = run;
  const { world, clock, flash } = simulate(device, { seed, policy, notify });
  const recorder = new Recorder(world);
  const put = () => faults.map((record, i) => putIn(world, record, without.has(i)));
  const early = fromTheStart ? put() : undefined;
  world.start();
  clock.runUntil(() => world.terminal.free || world.terminal.failure !== undefined, BOOT_MS);
  const views = early ?? put();
  const cashier = new Cashier(world, sales, manners);
  const goOn = (until: () => boolean, withinMs: number) => {
    for (const endMs = clock.now() + withinMs; clock.now() < endMs && !until(); ) {
      clock.advance(1_000);
      cashier.look();
    }
  };
  goOn(() => cashier.done, FAULTS_END_MS * sales.length);
  // What is late comes while the faults last, and then they end.
  if (world.faults.active().length > 0) clock.advance(LATE_MS / 2);
  world.faults.clearAll();
  goOn(() => cashier.done && recorder.isFinal(), GUARD_MS);
  clock.advance(LATE_MS / 2);
  const played = {
    sales: namesOf(world, cashier).map(([name, saleId]) => recorder.saleOf(name, saleId, cashier)),
    begun: views.map((view) => view?.begun ?? false),
    journal: flash().read(),
    paperRequired: policy.paper === 'required',
  };
  world.close();
  return played;
}

function namesOf({ terminal }: World, { served }: Cashier): [name: string, saleId: string][] {
  let extra = 0;
  return terminal.sales().map(({ saleId }) => {
    const customer = served.indexOf(saleId);
    return [customer >= 0 ? `customer ${customer + 1}` : `extra ${++extra}`, saleId];
  });
}

/** A fault that is left out takes up its number all the same: chance is drawn by it. */
function putIn({ faults }: World, record: FaultRecord, leftOut: boolean): ActiveFault | undefined {
  if (!leftOut) return faults.put(record);
  faults.clear(faults.put({ ...record, when: { afterMs: 86_400_000 } }).id);
  return undefined;
}

/** Keeps what a run's sales went through, and holds each word about money against the ledger at once. */
class Recorder {
  readonly #world: World;
  /** By how much the terminal's clock was ahead of the true time when a record became durable, by its number. */
  readonly #aheadMs = new Map<number, number>();
  readonly #screens = new Map<string, string[]>();
  readonly #wrong = new Map<string, string[]>();

  constructor(world: World) {
    this.#world = world;
    world.watch({
      record: (record) => this.#record(record),
      screen: ({ state, saleId }) => {
        if (saleId !== undefined && !PRESSED.includes(state)) listOf(this.#screens, saleId).push(state);
      },
    });
  }

  #record(record: JournalRecord): void {
    this.#aheadMs.set(record.seq, Date.parse(record.at) - this.#world.clock.now());
    if (isOfSale(record)) this.#hold(record.saleId, `at ${record.kind}`);
  }

  /** Whether every payment is known for good. */
  isFinal(): boolean {
    return this.#world.terminal.sales().every(isFinal);
  }

  /** A payment that is said to be known has to be what the ledger has booked. */
  #hold(saleId: string, when: string): void {
    const facts = this.#world.terminal.find(saleId)?.facts;
    if (facts === undefined || facts.payment === 'unknown') return;
    const { state, paidFen, refundedFen } = this.#books(saleId);
    const keptFen = paidFen - refundedFen;
    if (keptFen === (facts.payment === 'paid' ? facts.amountFen : 0) && (keptFen > 0 || state !== 'WAIT_BUYER_PAY'))
      return;
    listOf(this.#wrong, saleId).push(`${when}: ${facts.payment}, and the ledger: ${state}, ${keptFen} fen kept`);
  }

  /** Of a record that became durable as the power went, the next one tells. */
  #aheadOf(seq: number): number {
    const last = Math.max(...this.#aheadMs.keys());
    for (let at = seq; at <= last; at++) {
      const aheadMs = this.#aheadMs.get(at);
      if (aheadMs !== undefined) return aheadMs;
    }
    return 0;
  }

  #books(saleId: string) {
    const { state = 'none', paidFen = 0, refundedFen = 0 } = this.#world.platform?.ledger.trade(saleId) ?? {};
    return { state, paidFen, refundedFen };
  }

  /** At the end, when all faults have ended and the guard task has had its time: nothing may be unknown any more. */
  saleOf(name: string, saleId: string, cashier: Cashier): PlayedSale {
    const page = this.#world.terminal.page(saleId);
    this.#hold(saleId, 'at the end');
    if (page.facts.payment === 'unknown') listOf(this.#wrong, saleId).push('at the end: unknown');
    const found = page.boots.filter((boot) => boot.found.some((one) => one.saleId === saleId));
    const records = [...page.records, ...found].sort((a, b) => a.seq - b.seq);
    const story = storyOf({
      saleId,
      records,
      aheadMs: records.map(({ seq }) => this.#aheadOf(seq)),
      screens: listOf(this.#screens, saleId),
      looks: cashier.looks(saleId),
      books: this.#books(saleId),
    });
    return { name, saleId, story, verdict: verdictOf(page), wrongPayments: listOf(this.#wrong, saleId) };
  }
}

/** What the display says to somebody who presses a key at the wrong time: it does nothing to the sale. */
const PRESSED = ['busy', 'busyScanning', 'held', 'paperRequired'];

function listOf<T>(map: Map<string, T[]>, key: string): T[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}
