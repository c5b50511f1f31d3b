import type { Command } from './command.js';
import type { Device } from './device.js';
import { PREFIXES, type Prefix, STRANGE_GROUP } from './table.js';

/** What a command may collect before it is carried out; what goes beyond is counted and dropped (graphics memory). */
const MEMORY_BYTES = 512 * 1024;
const OPEN_BRACKET = 0x28;

/**
 * Takes the stream apart, byte by byte, by the command table. It keeps its place between calls, so that any split of the
 * stream gives the same result, and it stops as soon as the device is busy: what comes after a line is not looked at
 * before that line is printed.
 */
export class Parser {
  readonly #device: Device;
  /** Inside a prefix: what may come next, and the bytes of it so far. */
  #prefix: Prefix | undefined;
  readonly #prefixBytes: number[] = [];
  /** Inside a command: its arguments. */
  #command: Command | undefined;
  #args: Uint8Array = new Uint8Array(256);
  #have = 0;
  #need = 0;
  /** Inside a body: bytes still to come, and the slice that is being filled. */
  #bodyLeft = 0;
  #slice: Uint8Array = new Uint8Array(0);
  #sliceHave = 0;
  #sliceNeed = 0;
  /** Offset of the current command's first byte. */
  #from = 0;

  /** The one that takes macros apart, and whether this is it. */
  #replayer: Parser | undefined;
  readonly #inMacro: boolean;

  constructor(device: Device, inMacro = false) {
    this.#device = device;
    this.#inMacro = inMacro;
  }

  /** Forgets where it was: the next byte begins anew. */
  reset(): void {
    this.#prefix = undefined;
    this.#command = undefined;
    this.#bodyLeft = 0;
    this.#replayer?.reset();
  }

  /**
   * Takes bytes from `start` to before `end`, as far as the device can take them; says up to where. `base` is the offset
   * of `bytes[0]` in the stream. Stops before `end` without the device being busy when a character is not complete.
   */
  parse(bytes: Buffer, start: number, end: number, base: number): number {
    const device = this.#device;
    const { macro } = device;
    let at = start;
    for (;;) {
      if (macro.running && !this.#inMacro) this.#replay();
      if (at >= end || device.busy) return at;
      const before = at;
      const recording = macro.recording && !this.#inMacro;
      if (this.#bodyLeft > 0) at = this.#takeBody(bytes, at, end, base);
      else if (this.#command !== undefined) at = this.#takeArguments(this.#command, bytes, at, end, base);
      else if (this.#prefix !== undefined) at = this.#takePrefix(this.#prefix, bytes, at, base);
      else if ((bytes[at] ?? 0) >= 0x20) {
        let to = at + 1;
        while (to < end && (bytes[to] ?? 0) >= 0x20) to++;
        at = device.text(bytes, at, to, base, to < end);
        if (recording) macro.record(bytes, before, at);
        if (at < to && !device.busy) return at; // A character is not complete.
        continue;
      } else at = this.#begin(bytes, at, base);
      if (recording && macro.recording) macro.record(bytes, before, at);
    }
  }

  /** Goes on with the macro that was started, as far as the device can take it. */
  #replay(): void {
    const { macro, composer, machine } = this.#device;
    this.#replayer ??= new Parser(this.#device, true);
    while (macro.running && !this.#device.busy) {
      const { bytes } = macro;
      macro.at = this.#replayer.parse(bytes, macro.at, bytes.length, 0);
      if (this.#device.busy && macro.at < bytes.length) return;
      // What the macro breaks off in the middle does not go on behind it.
      this.#replayer.reset();
      macro.at = 0;
      macro.timesLeft = Math.max(macro.timesLeft - 1, 0);
      if (macro.running && (macro.waitMs > 0 || macro.waitsForButton))
        machine.pause?.(macro.waitMs, macro.waitsForButton);
    }
    if (!macro.running) composer.origin = undefined;
  }

  #begin(bytes: Uint8Array, at: number, base: number): number {
    this.#from = base + at;
    const prefix = PREFIXES.next[bytes[at] ?? 0];
    if (prefix === undefined) this.#device.unknown(base + at, bytes.subarray(at, at + 1));
    else if (prefix.command !== undefined) this.#enter(prefix.command, base + at + 1);
    else {
      this.#prefix = prefix;
      this.#prefixBytes.length = 0;
      this.#prefixBytes.push(bytes[at] ?? 0);
    }
    return at + 1;
  }

  #takePrefix(prefix: Prefix, bytes: Uint8Array, at: number, base: number): number {
    const byte = bytes[at] ?? 0;
    const next = prefix.next[byte];
    if (next !== undefined) {
      this.#prefixBytes.push(byte);
      this.#prefix = undefined;
      if (next.command !== undefined) this.#enter(next.command, base + at + 1);
      else this.#prefix = next;
      return at + 1;
    }
    this.#prefix = undefined;
    const grouped = this.#prefixBytes[this.#prefixBytes.length - 1] === OPEN_BRACKET && byte >= 0x21 && byte <= 0x7e;
    // A control code here is more likely the start of the next command than the end of this one.
    const taken = byte >= 0x20 ? 1 : 0;
    if (taken > 0) this.#prefixBytes.push(byte);
    this.#device.unknown(this.#from, Uint8Array.from(this.#prefixBytes));
    if (grouped) this.#enter(STRANGE_GROUP, base + at + 1);
    return at + taken;
  }

  #enter(command: Command, offset: number): void {
    this.#command = command;
    this.#have = 0;
    this.#need = typeof command.size === 'number' ? command.size : command.size(this.#args, 0);
    if (this.#need === 0) this.#complete(command, offset);
  }

  #takeArguments(command: Command, bytes: Uint8Array, at: number, end: number, base: number): number {
    const to = Math.min(end, at + this.#need - this.#have);
    this.#store(bytes, at, to);
    if (this.#have === this.#need) {
      const need = typeof command.size === 'number' ? command.size : command.size(this.#args, this.#have);
      if (need > this.#have) this.#need = need;
      else if (need === this.#have) this.#complete(command, base + to);
      else {
        this.#have = need;
        this.#complete(command, base + to - 1);
        return to - 1;
      }
    }
    return to;
  }

  #store(bytes: Uint8Array, at: number, to: number): void {
    const total = this.#have + to - at;
    if (total > this.#args.length && this.#args.length < MEMORY_BYTES) {
      const larger = new Uint8Array(Math.min(Math.max(total, 2 * this.#args.length), MEMORY_BYTES));
      larger.set(this.#args);
      this.#args = larger;
    }
    const room = this.#args.length - this.#have;
    if (to - at <= 16 && to - at <= room) for (let i = at; i < to; i++) this.#args[this.#have + i - at] = bytes[i] ?? 0;
    else if (room > 0) this.#args.set(bytes.subarray(at, Math.min(to, at + room)), this.#have);
    this.#have = total;
  }

  #complete(command: Command, offset: number): void {
    const { body } = command;
    if (body === undefined) {
      this.#command = undefined; // Before it runs, because it may reset this parser.
      const size = Math.min(this.#have, this.#args.length);
      this.#run(command, size, offset);
      if (this.#args.length > 65_536) this.#args = new Uint8Array(256);
      return;
    }
    this.#bodyLeft = body.length(this.#args);
    this.#sliceHave = 0;
    this.#sliceNeed = Math.min(body.slice(this.#args), this.#bodyLeft);
    if (this.#slice.length < this.#sliceNeed) this.#slice = new Uint8Array(this.#sliceNeed);
    if (this.#bodyLeft === 0) this.#command = undefined;
  }

  #run(command: Command, size: number, to: number): void {
    const device = this.#device;
    if (!device.selected && command.always !== true) return;
    device.at(this.#from, to);
    command.run?.(device, this.#args, size);
    if (command.undone) device.notes.warn(this.#from, command.name);
  }

  #takeBody(bytes: Uint8Array, at: number, end: number, base: number): number {
    const to = Math.min(end, at + this.#sliceNeed - this.#sliceHave);
    this.#slice.set(bytes.subarray(at, to), this.#sliceHave);
    this.#sliceHave += to - at;
    if (this.#sliceHave < this.#sliceNeed) return to;
    const command = this.#command;
    const slice = this.#slice.subarray(0, this.#sliceNeed);
    this.#bodyLeft -= this.#sliceNeed;
    this.#sliceHave = 0;
    this.#sliceNeed = Math.min(this.#sliceNeed, this.#bodyLeft);
    if (this.#bodyLeft === 0) {
      this.#command = undefined;
      if (this.#slice.length > 65_536) this.#slice = new Uint8Array(0);
    }
    if (command !== undefined && this.#device.selected) {
      this.#device.at(this.#from, base + to);
      command.body?.take(this.#device, this.#args, slice, this.#bodyLeft);
    }
    this.#from = base + to;
    return to;
  }
}
