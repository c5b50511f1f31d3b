import type { Language } from '../ticket/language.js';

/** Lines that carry the last print past the tear bar of a printer without a cutter. */
const TEAR_OFF_LINES = 4;

/** The cut of a printer that has no cutter. */
export function tearOff(lineEnd: string, lineDots: number): Language['cut'] {
  return { commands: lineEnd.repeat(TEAR_OFF_LINES), dots: TEAR_OFF_LINES * lineDots, cuts: 0 };
}

/** Commands, one byte for each character, and data, in a row. */
export function bytesOf(...parts: readonly (string | Uint8Array)[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
}
