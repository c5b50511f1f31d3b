import type { Device } from './device.js';

/**
 * How many bytes follow the prefix: a number, or a function of the bytes that are there so far. The function is asked
 * again each time its last answer is reached, until it no longer asks for more, so it may look at one field at a time.
 * One less than there are: the last byte ended the command, and is none of it.
 */
export type Size = number | ((args: Uint8Array, have: number) => number);

/** A body that is taken in slices as it comes, because it can be longer than the memory of a printer. */
export interface Body {
  /** Bytes that follow the arguments. */
  length(args: Uint8Array): number;
  /** Bytes that are taken at a time, at least 1. The last slice is what is left. */
  slice(args: Uint8Array): number;
  /** `left`: bytes that come after this slice. */
  take(device: Device, args: Uint8Array, slice: Uint8Array, left: number): void;
}

/** One row of the command table. */
export interface Command {
  /** As in the manuals, parts separated by spaces: `GS ( H`. It also tells the prefix bytes. */
  readonly name: string;
  readonly size: Size;
  /** Carries it out; `args` holds the `size` bytes that follow the prefix, and more behind them. */
  readonly run?: (device: Device, args: Uint8Array, size: number) => void;
  readonly body?: Body;
  /** Understood, but this printer does not do it yet: it is named in the warnings. */
  readonly undone?: true;
  /** Also carried out while `ESC =` has deselected the printer. */
  readonly always?: true;
}

/** Two bytes, low first, then as many bytes as they say. */
export function lowHigh(args: Uint8Array, have: number): number {
  return have < 2 ? 2 : 2 + word(args, 0);
}

export function word(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

const NAMES: Readonly<Record<string, number>> = {
  NUL: 0x00,
  EOT: 0x04,
  ENQ: 0x05,
  ACK: 0x06,
  HT: 0x09,
  LF: 0x0a,
  FF: 0x0c,
  CR: 0x0d,
  DLE: 0x10,
  DC4: 0x14,
  NAK: 0x15,
  CAN: 0x18,
  ESC: 0x1b,
  FS: 0x1c,
  GS: 0x1d,
  SP: 0x20,
};

/** `GS ( H` → 1D 28 48. */
export function prefixOf(name: string): number[] {
  return name.split(' ').map((part) => NAMES[part] ?? part.charCodeAt(0));
}
