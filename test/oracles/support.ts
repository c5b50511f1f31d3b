import type { Trade } from '../../src/emulator/platform/ledger-state.js';
import type { LedgerView } from '../../src/emulator/platform/platform.js';
import { JournalSeen, StoredJournal } from '../../src/oracles/journal-seen.js';
import type { Breach, Oracle, Report } from '../../src/oracles/oracle.js';
import { PaperSeen } from '../../src/oracles/paper-seen.js';
import type { Sight } from '../../src/oracles/sight.js';
import { Witness } from '../../src/oracles/witness.js';
import { GENESIS, seal } from '../../src/terminal/journal/chain.js';
import type { JournalEntry, JournalRecord } from '../../src/terminal/journal/record.js';
import { prepareDevice, type Simulation, type SimulationOptions, simulate } from '../../src/world/simulated.js';

export const MERCHANT = { name: '街角咖啡 Corner Cafe', terminalId: 'T01', utcOffsetMinutes: 480 };

const prepared = prepareDevice('epson-tm-m30');

/** A world with a witness beside it. */
export async function watched(options: SimulationOptions = {}) {
  const { device } = options;
  const simulation = simulate(await (device === undefined ? prepared : prepareDevice(device)), options);
  const witness = new Witness(simulation.world, MERCHANT);
  simulation.world.start();
  simulation.clock.runUntil(() => simulation.world.terminal.free, 10_000);
  return { ...simulation, witness };
}

/** A sale of 12.80, up to its end. */
export function sold(
  { world, clock }: Pick<Simulation, 'world' | 'clock'>,
  behaviour: 'pays' | 'no-money' = 'pays',
): string {
  const saleId = world.people.sell(1_280, { customer: { behaviour } });
  clock.advance(20_000);
  return saleId;
}

/** Each as `oracle: expected / actual`. */
export function said(breaches: readonly (Omit<Breach, 'atMs' | 'oracle'> & Partial<Breach>)[]): string[] {
  return breaches.map(
    ({ oracle, expected, actual }) => `${oracle === undefined ? '' : `${oracle}: `}${expected} / ${actual}`,
  );
}

export const SALE = 'T01-1';
export const CODE = '280000000000000001';
export const OPENED = {
  kind: 'sale-opened',
  saleId: SALE,
  amountFen: 1_280,
  subject: 'coffee',
} as const satisfies JournalEntry;
export const INTENT: JournalEntry = {
  kind: 'authorize-intent',
  saleId: SALE,
  amountFen: 1_280,
  code: CODE,
  wallet: 'alipay',
};
export const PAID: JournalEntry = { kind: 'payment', saleId: SALE, fact: 'paid', by: 'authorize' };

/** Evidence that was made up, and one oracle that looks at it. */
export async function trial(make: (sight: Sight, report: Report) => Oracle) {
  const simulation = simulate(await prepared);
  const { world } = simulation;
  const trades: Trade[] = [];
  const ledger: LedgerView = {
    trade: (orderNo) => trades.find((one) => one.orderNo === orderNo),
    trades: () => trades,
    watch: () => {},
  };
  let stored = Buffer.alloc(0);
  const journal = new JournalSeen(() => new StoredJournal(stored));
  const found: Omit<Breach, 'atMs' | 'oracle'>[] = [];
  const paper = new PaperSeen(world, MERCHANT.name);
  const oracle = make({ startMs: 0, ledger, journal, paper, keying: () => false, merchantCopy: false }, (breach) =>
    found.push(breach),
  );
  let prev = GENESIS;
  let seq = 0;
  const written = (entry: JournalEntry): JournalRecord => {
    const { record, line } = seal(entry, ++seq, 1_000 * seq, prev);
    prev = record.hash;
    stored = Buffer.concat([stored, Buffer.from(line)]);
    return record;
  };
  return {
    oracle,
    trades,
    said: () => said(found),
    /** Writes a record and says that it is durable. */
    record(...entries: JournalEntry[]) {
      for (const record of entries.map(written)) {
        const gone = journal.take(record);
        if (gone.length > 0) oracle.lost?.(gone);
        oracle.recorded?.(record);
      }
    },
    /** The world whose paper it sees. */
    simulation,
    paper,
    journal,
    stored: () => stored,
    /** From here on the journal goes on behind its first so many records, as if the others had never been. */
    forget(from: number) {
      const lines = stored.toString().split('\n').slice(0, from);
      stored = Buffer.from(lines.map((line) => `${line}\n`).join(''));
      seq = from;
      prev = journal.records[from - 1]?.hash ?? GENESIS;
    },
  };
}

/** A trade as the books would have it. */
export function trade(more: Partial<Trade> = {}): Trade {
  return {
    orderNo: SALE,
    tradeNo: '2026010122001000000000100001',
    amountFen: 1_280,
    subject: 'coffee',
    code: CODE,
    openedAtMs: 2_000,
    closesAtMs: 92_000,
    decision: undefined,
    notifyUrl: undefined,
    state: 'TRADE_SUCCESS',
    paidFen: 1_280,
    refundedFen: 0,
    refunds: new Map(),
    paidAtMs: 2_000,
    closedAtMs: undefined,
    closedBy: undefined,
    ...more,
  };
}
