import type { Clock } from '../../ports/clock.js';
import type { Random } from '../../ports/random.js';
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
  /** Messages that have had their reprint. */
  readonly reprinted = new Set<string>();

  constructor(parts: PoiParts) {
    this.id = parts.id;
    this.counter = parts.counter;
    this.random = parts.random;
    this.options = parts.options;
    this.totals = parts.totals;
    this.reader = parts.reader;
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
}

/** Adyen's words (Terminal API refusal reasons, Busy), with the number of what it is busy with. */
export function busy(request: string, serviceId: string | undefined): Response {
  return failure('Busy', { message: `Forbidden Request, Service Dialogue ${request} is in Progress`, serviceId });
}
