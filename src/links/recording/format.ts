/**
 * A recording: every byte that went over a printer's line, both ways, with its time. Version 2, byte for byte:
 *
 *     file    = header, record…, and at an orderly end a record of kind E
 *     header  = magic 89 50 4A 52 0D 0A 1A 0A · version 02 · length · JSON in UTF-8, ended by 0A · check
 *     record  = kind · time · length · fold · bytes · check
 *
 * - `kind`: one letter. `>` to the printer · `<` from the printer · `O` the line is open · `L` it was lost, or could not be
 *   opened (bytes: a code, a space, a message) · `C` this side closed it · `R` the line has another rate from here on, until
 *   the next `R` (bytes: bits a second in decimal digits, at most ten, 0 for a line without a rate; it stands before the `O`
 *   of the line that is opened so) · `M` a mark (bytes: text) · `E` the end.
 * - `time`: microseconds since the record before; for the first one since `startedAt`. Never negative.
 * - `length`: of `bytes`; at most 65,536 (10000 hex). What is longer was cut into several records.
 * - `time` and `length` are numbers of seven bits a byte, the lowest first; bit 7 says that another byte follows. At most
 *   53 bits are used.
 * - `fold`: A5 and every byte of kind, time and length, XORed: a changed length is found before it is believed.
 * - `check`: CRC-32 (as in ZIP) of everything in the file before it but the checks, lowest byte first. So a record that
 *   was changed, left out or put elsewhere is found at its offset.
 *
 * The JSON names `device` (a profile, as `--device` takes it), `address`, `baud` (the rate it begins with; 0: a line without a rate), `paperjam`
 * (the version that wrote it) and `startedAt` (ISO 8601, UTC).
 *
 * It only grows. What a power cut leaves of the last record, or zeros in its place, is no damage: everything before it
 * counts. Text is UTF-8.
 *
 * Version 1 had no `R`, and is read as well.
 */
import { crc32 } from '../../base/crc32.js';
import type { LinkLoss } from '../../ports/link.js';

export const MAGIC = Uint8Array.of(0x89, 0x50, 0x4a, 0x52, 0x0d, 0x0a, 0x1a, 0x0a);
/** What is written. */
export const VERSION = 2;
/** What is read. */
export const VERSIONS: readonly number[] = [1, 2];
/** The first version with a kind, of those that were not there from the beginning. */
export const SINCE_VERSION: Partial<Readonly<Record<Kind, number>>> = { rate: 2 };
/** Of a record's bytes, and of the JSON. */
export const LONGEST_BYTES = 65_536;
export const CHECK_BYTES = 4;
const FOLD = 0xa5;

/** What a header tells. */
export interface RecordingHeader {
  /** A printer profile, as `--device` takes it. */
  readonly device: string;
  readonly address: string;
  /** With which it begins. 0: a line without a rate, such as TCP. */
  readonly baud: number;
  readonly paperjam: string;
  readonly startedAt: string;
}

export const KINDS = {
  toPrinter: 0x3e,
  fromPrinter: 0x3c,
  opened: 0x4f,
  lost: 0x4c,
  closed: 0x43,
  rate: 0x52,
  mark: 0x4d,
  end: 0x45,
} as const;

export type Kind = keyof typeof KINDS;

/** What happened on the line. */
export type LineEvent =
  | { readonly kind: 'toPrinter' | 'fromPrinter'; readonly bytes: Uint8Array }
  | { readonly kind: 'opened' | 'closed' }
  | { readonly kind: 'lost'; readonly code: string; readonly message: string }
  /** Bits a second from here on; 0: a line without a rate. */
  | { readonly kind: 'rate'; readonly baud: number }
  | { readonly kind: 'mark'; readonly text: string };

/** The same with its time since the start of the recording, and the place of its record in the file. */
export type RecordedEvent = LineEvent & { readonly atUs: number; readonly offset: number };

/** Writes a recording piece by piece: what it gives is to be appended in order. */
export class RecordingEncoder {
  #crc = 0;

  header(header: RecordingHeader): Uint8Array {
    const json = Buffer.from(`${JSON.stringify(header)}\n`);
    return this.#checked(Buffer.concat([MAGIC, Uint8Array.of(VERSION), Uint8Array.from(number(json.length)), json]));
  }

  /** `bytes` must not be longer than `LONGEST_BYTES`. */
  record(kind: Kind, deltaUs: number, bytes: Uint8Array = NONE): Uint8Array {
    const head = [KINDS[kind], ...number(deltaUs), ...number(bytes.length)];
    head.push(foldOf(head));
    const record = Buffer.allocUnsafe(head.length + bytes.length + CHECK_BYTES);
    record.set(head);
    record.set(bytes, head.length);
    this.#crc = crc32(record.subarray(0, -CHECK_BYTES), this.#crc);
    record.writeUInt32LE(this.#crc, record.length - CHECK_BYTES);
    return record;
  }

  #checked(bytes: Uint8Array): Uint8Array {
    const whole = Buffer.alloc(bytes.length + CHECK_BYTES);
    whole.set(bytes);
    this.#crc = crc32(bytes, this.#crc);
    whole.writeUInt32LE(this.#crc, bytes.length);
    return whole;
  }
}

const NONE = new Uint8Array(0);

/** The bytes of a `lost` record. */
export function lossBytes({ code, message }: LinkLoss): Uint8Array {
  return Buffer.from(`${code} ${message}`).subarray(0, LONGEST_BYTES);
}

/** The bytes of a `rate` record. */
export function rateBytes(baud: number): Uint8Array {
  return Buffer.from(String(baud));
}

/** What a `rate` record says; `undefined`: no rate. */
export function rateOf(bytes: Uint8Array): number | undefined {
  const digits = Buffer.from(bytes).toString('latin1');
  return /^\d{1,10}$/.test(digits) ? Number(digits) : undefined;
}

export function foldOf(head: Iterable<number>): number {
  let fold = FOLD;
  for (const byte of head) fold ^= byte;
  return fold;
}

/** A number in seven bits a byte. */
function number(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return bytes;
}
