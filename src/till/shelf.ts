import { z } from 'zod';
import { PaperjamError } from '../base/errors.js';
import type { Storage } from '../ports/storage.js';

const NEWLINE = 0x0a;
const encoder = new TextEncoder();
/** What stands in the place of a thing that is there no more. */
const GONE = null;
const LINE = z.strictObject({ kind: z.string(), id: z.string(), value: z.unknown() });

/** One kind of things on a shelf: their type, as they are read back. */
export interface ShelfKind<Thing> {
  readonly name: string;
  readonly schema: z.ZodType<Thing>;
}

/**
 * What the cloud of a vendor keeps by itself: objects that a till has made and that outlive the power of any terminal. A
 * file of JSON lines, each an object as it is from then on; the newest of an id counts. When it is opened and most of its
 * lines count no more, it is written anew. The sales themselves stand in the terminals' journals and nowhere else.
 */
export class Shelf {
  readonly #storage: Storage;
  /** By kind, in the order in which they were first put there. */
  readonly #things = new Map<string, Map<string, unknown>>();

  /** Reads what is kept. A torn last line was never acknowledged, and is cut off. Throws `PJ_TILL_FILE`. */
  constructor(storage: Storage) {
    this.#storage = storage;
    const bytes = storage.read();
    const wholeLength = bytes.lastIndexOf(NEWLINE) + 1;
    if (wholeLength < bytes.length) storage.truncate(wholeLength);
    const decoder = new TextDecoder();
    let lines = 0;
    // Line by line: all of it may be longer than a string can be.
    for (let start = 0; start < wholeLength; ) {
      const newline = bytes.indexOf(NEWLINE, start);
      this.#take(decoder.decode(bytes.subarray(start, newline)), ++lines);
      start = newline + 1;
    }
    const living = [...this.#things.values()].reduce((sum, { size }) => sum + size, 0);
    if (lines - living > lines / 2) this.#compact();
  }

  /** `kept` is called once it is durable, or with what went wrong; never from inside this call. It is found at once. */
  put<Thing>(kind: ShelfKind<Thing>, id: string, thing: Thing, kept: (error?: Error) => void = () => {}): void {
    this.#kind(kind.name).set(id, thing);
    this.#write(kind.name, id, thing, kept);
  }

  /** It is gone at once, and for good once that is durable. What is not there may be removed too. */
  remove<Thing>(kind: ShelfKind<Thing>, id: string): void {
    if (this.#kind(kind.name).delete(id)) this.#write(kind.name, id, GONE, () => {});
  }

  /** Throws `PJ_TILL_FILE` when what was read back is no such thing. */
  get<Thing>(kind: ShelfKind<Thing>, id: string): Thing | undefined {
    const value = this.#things.get(kind.name)?.get(id);
    return value === undefined ? undefined : this.#checked(kind, id, value);
  }

  /** All of a kind, oldest first. */
  all<Thing>(kind: ShelfKind<Thing>): Thing[] {
    return this.entries(kind).map(([, thing]) => thing);
  }

  /** The same, with their ids. */
  entries<Thing>(kind: ShelfKind<Thing>): [id: string, thing: Thing][] {
    return [...this.#kind(kind.name)].map(([id, value]) => [id, this.#checked(kind, id, value)]);
  }

  close(): void {
    this.#storage.close();
  }

  #take(line: string, number: number): void {
    try {
      const { kind, id, value } = LINE.parse(JSON.parse(line));
      if (value === GONE) this.#kind(kind).delete(id);
      else this.#kind(kind).set(id, value);
    } catch (cause) {
      const problem = cause instanceof Error ? cause.message.replaceAll(/\s+/g, ' ') : String(cause);
      throw new PaperjamError('PJ_TILL_FILE', { path: this.#storage.address, line: number, problem }, { cause });
    }
  }

  #compact(): void {
    try {
      this.#storage.replace?.(this.#livingLines());
    } catch (error) {
      // All is as it was, only longer than it need be; a storage that is broken fails whoever wants to keep something.
      if (!(error instanceof PaperjamError)) throw error;
    }
  }

  *#livingLines(): Generator<Uint8Array> {
    for (const [kind, things] of this.#things) for (const [id, value] of things) yield lineOf(kind, id, value);
  }

  #write(kind: string, id: string, value: unknown, kept: (error?: Error) => void): void {
    this.#storage.append(lineOf(kind, id, value));
    this.#storage.sync(kept);
  }

  #kind(name: string): Map<string, unknown> {
    const known = this.#things.get(name);
    if (known !== undefined) return known;
    const made = new Map<string, unknown>();
    this.#things.set(name, made);
    return made;
  }

  #checked<Thing>({ name, schema }: ShelfKind<Thing>, id: string, value: unknown): Thing {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const problem = `${name} ${id}: ${parsed.error.message.replaceAll(/\s+/g, ' ')}`;
    throw new PaperjamError('PJ_TILL_FILE', { path: this.#storage.address, line: '?', problem });
  }
}

function lineOf(kind: string, id: string, value: unknown): Uint8Array {
  return encoder.encode(`${JSON.stringify({ kind, id, value })}\n`);
}
