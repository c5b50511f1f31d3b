import type { LineOperation } from '../emulator/printer/paper/operations.js';
import type { PaperPiece } from '../emulator/printer/paper/piece.js';
import type { JobResult } from '../ports/printer.js';
import { isPageRecord, type JournalRecord } from '../terminal/journal/record.js';
import type { World } from '../world/world.js';
import { CleanStream } from './clean-stream.js';
import { type TicketOnPaper, ticketsOn } from './tickets.js';

/** A piece of paper, and when it came out. */
export interface PieceSeen {
  readonly piece: PaperPiece;
  readonly atMs: number;
  untilMs: number;
  /** For whom the terminal was printing, from which of its lines on: on one that is not cut there may be several. */
  readonly printing: { readonly fromLine: number; what: Printing }[];
}

/** What the terminal was printing: the ticket of a sale, or a `page`, which is nobody's ticket, whatever stands on it. */
interface Printing {
  readonly saleId?: string | undefined;
  readonly page?: true;
  /** Something was in the way between terminal and paper while it was printed: what cannot be read may have been sent. */
  garbled: boolean;
}

/** The paper of an emulated printer, as it comes out. */
export class PaperSeen {
  readonly pieces: PieceSeen[] = [];
  readonly #world: World;
  readonly #merchant: string;
  readonly #read = new Map<PaperPiece, { readonly operations: number; readonly tickets: readonly TicketOnPaper[] }>();
  readonly #saleIds = new Set<string>();
  readonly #stream: CleanStream;
  #printing: Printing = { garbled: false };
  /** What the latest job was for, and the one before. */
  #latest: Printing = this.#printing;
  #earlier: Printing = this.#printing;

  constructor(world: World, merchant: string) {
    this.#world = world;
    this.#merchant = merchant;
    this.#stream = new CleanStream(world);
  }

  /**
   * Whether something was in the way between terminal and paper since the latest job began, or from before: then what
   * cannot be read of it may have been sent all the same, such as the mark of a copy, and what it was answered may be wrong.
   */
  get garbled(): boolean {
    return this.#latest.garbled || !this.#stream.clean;
  }

  /** `false`: the printer is a real one, whose paper nobody here can read. */
  get known(): boolean {
    return this.#world.emulatedPrinter !== undefined;
  }

  /** All tickets on all the paper, in the order in which they came out. */
  tickets(): TicketOnPaper[] {
    return this.pieces.flatMap((seen) => this.ticketsOn(seen));
  }

  /** Whom it belongs to, if it was cut short before it says so, is known from the journal. */
  ticketsOn({ piece, printing }: PieceSeen): readonly TicketOnPaper[] {
    const known = this.#read.get(piece);
    const operations = piece.operations.length;
    if (known?.operations === operations) return known.tickets;
    const at = (line: number) => printing.findLast(({ fromLine }) => fromLine <= line)?.what ?? { garbled: false };
    const tickets = ticketsOn(piece.lines, [...this.#saleIds], at, this.#merchant);
    this.#read.set(piece, { operations, tickets });
    return tickets;
  }

  /** A record that became durable tells whose ticket comes next. */
  noteRecord(record: JournalRecord): void {
    this.noteFaults();
    if (record.kind === 'sale-opened') this.#saleIds.add(record.saleId);
    else if (record.kind === 'print-intent') this.#prints({ saleId: record.saleId });
    else if (isPageRecord(record) && record.phase === 'begun') this.#prints({ page: true });
    else if (record.kind === 'print-result' || (isPageRecord(record) && record.phase === 'ended')) {
      this.#ended(record.result.outcome);
    }
  }

  #prints(whose: Omit<Printing, 'garbled'>): void {
    const what = { ...whose, garbled: this.#stream.disturbed };
    if (this.#latest.garbled) this.#stream.doubt();
    this.#printing = what;
    this.#earlier = this.#latest;
    this.#latest = what;
    const last = this.pieces.at(-1);
    if (last?.piece.cut === undefined) last?.printing.push({ fromLine: last.piece.lines.length, what });
  }

  /** Of a job that was not printed no byte was sent: what came out meanwhile was in the printer from the one before. */
  #ended(outcome: JobResult['outcome']): void {
    this.#printing = { garbled: this.#stream.disturbed };
    if (outcome !== 'not-printed') return;
    const last = this.pieces.at(-1);
    for (const entry of last?.printing ?? []) if (entry.what === this.#latest) entry.what = this.#earlier;
    if (last !== undefined) this.#read.delete(last.piece);
    this.#latest = this.#earlier;
  }

  /** A line has come out, or, where none is given, the piece was cut. */
  notePiece(piece: PaperPiece, line?: LineOperation): PieceSeen {
    const seen = this.#seen(piece);
    this.noteFaults();
    if (line === undefined || this.#stream.isClean(line)) return seen;
    // Of whichever job it is, that one, and what a reader cannot tell from it.
    for (const what of [this.#printing, this.#latest, seen.printing.at(-1)?.what]) this.#garbles(what);
    return seen;
  }

  #seen(piece: PaperPiece): PieceSeen {
    const atMs = this.#world.clock.now();
    const last = this.pieces.at(-1);
    if (last?.piece === piece) {
      last.untilMs = atMs;
      return last;
    }
    const seen = { piece, atMs, untilMs: atMs, printing: [{ fromLine: 0, what: this.#printing }] };
    this.pieces.push(seen);
    return seen;
  }

  /** A fault may have begun, or be over. */
  noteFaults(): void {
    this.#stream.look();
    if (this.#stream.disturbed) this.#garbles(this.#printing);
  }

  /** The printer's settings are as at power-on, from that offset in its stream on. */
  noteInitialized(from: number): void {
    this.#stream.initialized(from);
  }

  #garbles(what: Printing | undefined): void {
    if (what === undefined || what.garbled) return;
    what.garbled = true;
    this.#read.clear();
  }
}
