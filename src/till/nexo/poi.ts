import type { Clock } from '../../ports/clock.js';
import type { Random } from '../../ports/random.js';
import type { Undo } from '../../ports/undo.js';
import type { World } from '../../world/world.js';
import type { Counter } from '../counter.js';
import type { Shelf, ShelfKind } from '../shelf.js';
import type { CodeReader } from './code-reader.js';
import type { Answer, Question } from './input-person.js';
import { failure, type Response } from './message.js';
import type { NexoOptions } from './options.js';
import type { Totals } from './totals.js';

/** Something that the terminal does for a till beside a payment, and does not do twice at a time. */
export interface Dialogue {
  /** What the till asked for, and by which number: `Input`, `4711`. */
  readonly category: string;
  readonly serviceId: string | undefined;
  /** By which the till can name it: `POS1/4711`. */
  readonly key: string;
  /** Ends it; whoever waits for it is answered with this. */
  end(response: Response): void;
  /** Nobody is there any more to be answered. */
  drop(): void;
  /** What somebody at the terminal is asked, and takes the answer: nothing if it fits, else what is wrong with it. */
  readonly question?: Question;
  take?(answer: Answer): string | undefined;
}

export interface PoiParts {
  readonly id: string;
  readonly counter: Counter;
  readonly random: Random;
  readonly options: NexoOptions;
  readonly totals: Totals;
  readonly reader: CodeReader;
}

const REPRINTED_MAX = 1_000;

/** One terminal under its name in this protocol: `P400Plus-T01`. */
export class Poi {
  readonly id: string;
  readonly counter: Counter;
  readonly random: Random;
  readonly options: NexoOptions;
  readonly totals: Totals;
  readonly reader: CodeReader;
  /** What it does for a till just now. */
  dialogue: Dialogue | undefined;
  /** Payments of which it is being kept that a till gives them up. */
  readonly aborting = new Set<string>();
  /** Reversals that are being handed to the terminal, by their messages: not in its journal yet. */
  readonly reversing = new Set<string>();
  /** Messages that have had their reprint, the latest. */
  readonly #reprinted = new Set<string>();
  readonly #waits = new Set<Undo>();

  constructor(parts: PoiParts) {
    this.id = parts.id;
    this.counter = parts.counter;
    this.random = parts.random;
    this.options = parts.options;
    this.totals = parts.totals;
    this.reader = parts.reader;
    parts.counter.onPowerLoss(() => this.#forget());
  }

  get world(): World {
    return this.counter.world;
  }

  get clock(): Clock {
    return this.world.clock;
  }

  get shelf(): Shelf {
    return this.options.shelf;
  }

  /** Something of this terminal's on the shelf, where others have theirs. */
  shelved<Thing>(kind: ShelfKind<Thing>, id: string): Thing | undefined {
    return this.shelf.get(kind, this.shelfId(id));
  }

  shelfId(id: string): string {
    return `${this.id} ${id}`;
  }

  /** Begins to wait for something; `over` is to be called when it has come. What is still awaited ends with `close`. */
  wait(begin: (over: () => void) => Undo): void {
    let isOver = false;
    let undo: Undo | undefined;
    undo = begin(() => {
      isOver = true;
      if (undo !== undefined) this.#waits.delete(undo);
    });
    if (!isOver) this.#waits.add(undo);
  }

  /** Whether this message is to have a reprint: it has one. */
  reprints(key: string): boolean {
    if (this.#reprinted.has(key)) return false;
    this.#reprinted.add(key);
    const [oldest] = this.#reprinted;
    if (this.#reprinted.size > REPRINTED_MAX && oldest !== undefined) this.#reprinted.delete(oldest);
    return true;
  }

  close(): void {
    for (const undo of this.#waits) undo();
    this.#waits.clear();
    this.#forget();
  }

  /** Each message of the terminal's own has a number. */
  newDeviceId(): string {
    return this.random.digits(9);
  }

  /** What to answer when it is busy with something of a till's that is no payment. */
  busyWith(): Response | undefined {
    const { dialogue } = this;
    if (dialogue === undefined) return undefined;
    return busy(`${dialogue.category}Request`, dialogue.serviceId);
  }

  /** What it has in mind only. */
  #forget(): void {
    this.dialogue?.drop();
    this.dialogue = undefined;
    this.reader.forget();
  }
}

/** Adyen's words (Terminal API refusal reasons, Busy), with the number of what it is busy with. */
export function busy(request: string, serviceId: string | undefined): Response {
  return failure('Busy', { message: `Forbidden Request, Service Dialogue ${request} is in Progress`, serviceId });
}
