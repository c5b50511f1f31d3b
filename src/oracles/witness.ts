import { PaperjamError } from '../base/errors.js';
import type { LineOperation } from '../emulator/printer/paper/operations.js';
import type { PaperPiece } from '../emulator/printer/paper/piece.js';
import type { Merchant, TicketPolicy } from '../terminal/context.js';
import type { JournalRecord } from '../terminal/journal/record.js';
import type { World } from '../world/world.js';
import { WATCHING } from './all.js';
import { JournalSeen, StoredJournal } from './journal-seen.js';
import type { Breach, Oracle } from './oracle.js';
import { PaperSeen } from './paper-seen.js';
import { pendingIn } from './settles.js';
import type { Sight } from './sight.js';

/**
 * Stands beside a world and watches it with the eyes of all oracles, from before its start to its end. It sees the
 * platform's books, the paper, the journal's bytes as far as they were acknowledged, and what a till is told; it asks the
 * terminal nothing.
 */
export class Witness {
  readonly journal: JournalSeen;
  readonly paper: PaperSeen;
  readonly #world: World;
  readonly #sight: Sight;
  readonly #oracles: readonly Oracle[];
  readonly #breaches: Breach[] = [];
  readonly #unwatch: (() => void)[] = [];
  #over = false;
  #damage: Error | undefined;

  constructor(world: World, merchant: Pick<Merchant, 'name'>, { merchantCopy = false }: TicketPolicy = {}) {
    this.#world = world;
    this.journal = new JournalSeen(() => storedIn(world));
    this.paper = new PaperSeen(world, merchant.name);
    const { journal, paper } = this;
    this.#sight = {
      startMs: world.clock.now(),
      ledger: world.platform?.ledger,
      journal,
      paper,
      keying: () => world.people.keying,
      merchantCopy,
    };
    this.#oracles = WATCHING.map(([name, oracle]) =>
      oracle(this.#sight, (breach) => this.#breached({ ...breach, oracle: name, atMs: world.clock.now() })),
    );
    this.#unwatch.push(
      world.watch({
        boot: () => this.#boot(),
        record: (record) => this.#record(record),
        sale: (facts) => this.#each((oracle) => oracle.told?.(facts)),
        screen: (screen) => this.#each((oracle) => oracle.shown?.(screen)),
        request: (call, orderNo) => this.#each((oracle) => oracle.requested?.(call, orderNo)),
        job: (job) => this.#each((oracle) => oracle.handed?.(job)),
      }),
    );
    this.#unwatch.push(
      world.people.watch((saleId, amountFen) => this.#each((oracle) => oracle.keyed?.(saleId, amountFen))),
    );
    this.#unwatch.push(world.tills.watch((told) => this.#each((oracle) => oracle.answered?.(told))));
    world.platform?.ledger.watch((record) => this.#each((oracle) => oracle.booked?.(record)));
    const unwatch = world.emulatedPrinter?.watch({
      line: (line, piece) => this.#paper(piece, line),
      cut: (piece) => this.#paper(piece),
      initialized: (from) => this.paper.noteInitialized(from),
    });
    this.#unwatch.push(world.faults.watch(() => this.paper.noteFaults()));
    if (unwatch !== undefined) this.#unwatch.push(unwatch);
  }

  /** What did not hold so far, the first first. */
  get breaches(): readonly Breach[] {
    return this.#breaches;
  }

  /** Why not every sale has settled for good, in words; none when all have. */
  pending(): string[] {
    return pendingIn(this.#sight, this.#world);
  }

  /** Looks at everything once more, behind everything, and then no more. */
  end(): readonly Breach[] {
    if (this.#over) return this.#breaches;
    const stored = storedIn(this.#world);
    const readable = stored instanceof StoredJournal ? stored : undefined;
    this.#each((oracle) => oracle.ended?.(readable));
    this.#over = true;
    this.#damage = stored instanceof StoredJournal ? stored.proved.damage : stored;
    for (const unwatch of this.#unwatch.splice(0)) unwatch();
    return this.#breaches;
  }

  /** Why the journal did not check in the end, whoever is to blame. */
  get chainProblem(): string | undefined {
    return this.#damage?.message;
  }

  #each(tell: (oracle: Oracle) => void): void {
    if (!this.#over) this.#oracles.forEach(tell);
  }

  #boot(): void {
    const stored = storedIn(this.#world);
    if (stored instanceof StoredJournal) this.#each((oracle) => oracle.booted?.(stored));
  }

  #record(record: JournalRecord): void {
    const gone = this.journal.take(record);
    this.paper.noteRecord(record);
    this.#each((oracle) => {
      if (gone.length > 0) oracle.lost?.(gone);
      oracle.recorded?.(record);
    });
  }

  #paper(piece: PaperPiece, line?: LineOperation): void {
    const seen = this.paper.notePiece(piece, line);
    this.#each((oracle) => oracle.paper?.(seen));
  }

  #breached(breach: Breach): void {
    const { oracle, saleId, expected } = breach;
    const known = this.#breaches.some(
      (one) => one.oracle === oracle && one.saleId === saleId && one.expected === expected,
    );
    if (!known) this.#breaches.push(breach);
  }
}

/** One that cannot be read any more is told of by the terminal: it is out of service. */
function storedIn(world: World): StoredJournal | PaperjamError {
  try {
    return new StoredJournal(world.readJournal());
  } catch (error) {
    if (error instanceof PaperjamError) return error;
    throw error;
  }
}
