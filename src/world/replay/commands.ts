import type { Command } from '../../emulator/printer/interpreter/command.js';
import { PREFIXES, type Prefix, STRANGE_GROUP } from '../../emulator/printer/interpreter/table.js';

/** A command, a run of text, or bytes that no command has. */
export interface StreamItem {
  readonly what: 'command' | 'text' | 'unknown';
  /** Of a command, as in the manuals: `GS ( H`. */
  readonly name: string;
  /** What follows the name; else the bytes themselves. */
  readonly args: Uint8Array;
  /** Offset in the stream of its first byte. */
  readonly from: number;
}

/** What of a command's arguments is kept; graphics are longer, and are counted. */
const ARGS_BYTES = 512 * 1024;

/**
 * Takes a stream to a printer apart by the command table, as the printer's parser does, without carrying anything out:
 * which requests are in it, and what a person would call its bytes. Any split gives the same items, but for text, which
 * ends with what was fed.
 */
export class CommandReader {
  #prefix: Prefix | undefined;
  readonly #name: number[] = [];
  #command: Command | undefined;
  #args = new Uint8Array(256);
  #have = 0;
  #need = 0;
  #bodyLeft = 0;
  #from = 0;
  #offset = 0;

  /** Bytes that have come so far. */
  get offset(): number {
    return this.#offset;
  }

  /** What was begun is over: the buffers were cleared. */
  reset(): void {
    this.#prefix = undefined;
    this.#command = undefined;
    this.#bodyLeft = 0;
  }

  feed(bytes: Uint8Array): StreamItem[] {
    const items: StreamItem[] = [];
    for (let at = 0; at < bytes.length; ) {
      const taken = this.#take(bytes, at, items);
      at += taken;
      this.#offset += taken;
    }
    return items;
  }

  #take(bytes: Uint8Array, at: number, items: StreamItem[]): number {
    if (this.#bodyLeft > 0) {
      const taken = Math.min(this.#bodyLeft, bytes.length - at);
      this.#bodyLeft -= taken;
      return taken;
    }
    if (this.#command !== undefined) return this.#takeArguments(this.#command, bytes, at, items);
    if (this.#prefix !== undefined) return this.#takePrefix(this.#prefix, bytes[at] ?? 0, items);
    this.#from = this.#offset;
    let to = at;
    while (to < bytes.length && (bytes[to] ?? 0) >= 0x20) to++;
    if (to > at) {
      items.push({ what: 'text', name: '', args: bytes.subarray(at, to), from: this.#from });
      return to - at;
    }
    this.#name.length = 0;
    return this.#takePrefix(PREFIXES, bytes[at] ?? 0, items);
  }

  #takePrefix(prefix: Prefix, byte: number, items: StreamItem[]): number {
    const next = prefix.next[byte];
    if (next !== undefined) {
      this.#name.push(byte);
      this.#prefix = next.command === undefined ? next : undefined;
      if (next.command !== undefined) this.#enter(next.command, items);
      return 1;
    }
    this.#prefix = undefined;
    const grouped = this.#name.at(-1) === 0x28 && byte >= 0x21 && byte <= 0x7e;
    // Behind a prefix, a control code is more likely the start of the next command than the end of this one.
    const taken = this.#name.length === 0 || byte >= 0x20 ? 1 : 0;
    if (taken > 0) this.#name.push(byte);
    items.push({ what: 'unknown', name: '', args: Uint8Array.from(this.#name), from: this.#from });
    if (grouped) this.#enter(STRANGE_GROUP, items);
    return taken;
  }

  #enter(command: Command, items: StreamItem[]): void {
    this.#command = command;
    this.#have = 0;
    this.#need = this.#sizeOf(command);
    if (this.#need === 0) this.#complete(command, items);
  }

  #takeArguments(command: Command, bytes: Uint8Array, at: number, items: StreamItem[]): number {
    const to = Math.min(bytes.length, at + this.#need - this.#have);
    this.#store(bytes.subarray(at, to));
    if (this.#have < this.#need) return to - at;
    const need = this.#sizeOf(command);
    if (need > this.#have) {
      this.#need = need;
      return to - at;
    }
    const ended = this.#have - need; // The last byte may have ended it without being part of it.
    this.#have = need;
    this.#complete(command, items);
    return to - at - ended;
  }

  #store(part: Uint8Array): void {
    const room = Math.max(Math.min(part.length, ARGS_BYTES - this.#have), 0);
    if (this.#have + room > this.#args.length) {
      const larger = new Uint8Array(Math.min(2 * (this.#have + room), ARGS_BYTES));
      larger.set(this.#args);
      this.#args = larger;
    }
    if (room > 0) this.#args.set(part.subarray(0, room), this.#have);
    this.#have += part.length;
  }

  #complete(command: Command, items: StreamItem[]): void {
    this.#command = undefined;
    this.#bodyLeft = command.body?.length(this.#args) ?? 0;
    items.push({ what: 'command', name: command.name, args: this.#args.slice(0, this.#have), from: this.#from });
  }

  #sizeOf({ size }: Command): number {
    return typeof size === 'number' ? size : size(this.#args, this.#have);
  }
}
