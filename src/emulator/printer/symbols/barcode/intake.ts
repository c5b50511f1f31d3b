import { scanCode128 } from './code128.js';
import { BARCODE_SYSTEMS, type BarcodeSystem } from './systems.js';

const STAR = 0x2a;
/** What the first form takes for a bar code that has no end. */
const MOST_BYTES = 255;

/** The system of m in either form; `undefined` for an m that no manual has. */
export function barcodeSystem(m: number): BarcodeSystem | undefined {
  return m <= 6 ? BARCODE_SYSTEMS[m] : m >= 65 ? BARCODE_SYSTEMS[m - 65] : undefined;
}

/**
 * How many bytes `GS k` takes: `m d… NUL` for m from 0 to 6, `m n d…` from 65 to 79. Less than there are: the last one is
 * given back.
 *
 * What is wrong ends the command, and what follows is data like any other ("the printer stops command processing and
 * processes the following data as normal data"): behind a byte that the system does not have, where a control code stays
 * to be obeyed; behind m and n when n is out of range; behind the longest number of digits; behind the `*` that stops
 * Code 39.
 */
export function barcodeSize(args: Uint8Array, have: number): number {
  if (have === 0) return 1;
  const m = args[0] ?? 0;
  const system = barcodeSystem(m);
  if (system === undefined) return 1;
  return m <= 6 ? endedByNul(system, args, have) : counted(system, args, have);
}

function endedByNul(system: BarcodeSystem, args: Uint8Array, have: number): number {
  const last = args[have - 1] ?? 0;
  if (have === 1) return 2;
  if (last === 0) return have;
  const length = have - 1;
  if (length > Math.min(system.most, MOST_BYTES) || stopped(system, args, 1, have - 1)) return have - 1;
  if (!system.allows(last, -1)) return last < 0x20 ? have - 1 : have;
  return have + 1;
}

function counted(system: BarcodeSystem, args: Uint8Array, have: number): number {
  if (have < 2) return 2;
  const n = args[1] ?? 0;
  if (!fits(system, n)) return 2;
  if (have === 2) return 3;
  const last = args[have - 1] ?? 0;
  const done = have - 2 === n;
  if (wrongAt(system, args, 2, have) !== undefined) return last < 0x20 ? have - 1 : have;
  if (done || stopped(system, args, 2, have)) return have;
  return have + 1;
}

/** Code 39: a `*` that is not the first character is the stop character. */
function stopped(system: BarcodeSystem, args: Uint8Array, start: number, end: number): boolean {
  return system.name === 'Code 39' && end - start > 1 && args[end - 1] === STAR;
}

function fits(system: BarcodeSystem, length: number): boolean {
  if (length < system.least || length > system.most) return false;
  if (system.name === 'ITF' && length % 2 === 1) return false;
  return system.lengths === undefined || system.lengths.includes(length);
}

/** Looks at the last byte only, because those before it have been looked at; Code 128 depends on all of them. */
function wrongAt(system: BarcodeSystem, args: Uint8Array, start: number, end: number): number | undefined {
  if (system.name === 'Code 128') {
    const scanned = scanCode128(args, start, end);
    return typeof scanned === 'number' ? scanned : undefined;
  }
  const before = end - 1 > start && !isEscaped(args, start, end - 2) ? (args[end - 2] ?? 0) : -1;
  return system.allows(args[end - 1] ?? 0, before) ? undefined : end - 1;
}

/** Whether the byte stands behind a brace that is not itself behind a brace. */
function isEscaped(args: Uint8Array, start: number, at: number): boolean {
  let braces = 0;
  for (let place = at - 1; place >= start && args[place] === 0x7b; place--) braces++;
  return braces % 2 === 1;
}

/** The data of a command that is complete, or the reason why there is none to be printed. */
export function barcodeData(system: BarcodeSystem, args: Uint8Array, size: number): Uint8Array | string {
  const nulForm = (args[0] ?? 0) <= 6;
  if (!nulForm && !fits(system, args[1] ?? 0)) return `${args[1]} bytes`;
  const start = nulForm ? 1 : 2;
  let end = nulForm && args[size - 1] === 0 ? size - 1 : size;
  for (let at = start; at < end; at++) {
    if (!system.allows(args[at] ?? 0, -1)) return `byte ${hex(args[at])}`;
  }
  const length = end - start;
  if (nulForm) {
    if (system.name === 'ITF' && length % 2 === 1) end--;
    if (!fits(system, end - start)) return `${length} bytes`;
    // Neither the end nor as much as there can be: the byte that ended it was given back.
    if (args[size - 1] !== 0 && length < Math.min(system.most, MOST_BYTES) && !stopped(system, args, 1, size))
      return 'a control code in the data';
  } else if (length !== args[1] && !stopped(system, args, 2, size)) return 'data that it does not have';
  return args.subarray(start, end);
}

function hex(byte: number | undefined): string {
  return (byte ?? 0).toString(16).padStart(2, '0');
}
