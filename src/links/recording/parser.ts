import { z } from 'zod';
import { crc32 } from '../../base/crc32.js';
import { PaperjamError } from '../../base/errors.js';
import { oneLine } from '../../base/one-line.js';
import {
  CHECK_BYTES,
  foldOf,
  KINDS,
  type Kind,
  LONGEST_BYTES,
  MAGIC,
  type RecordedEvent,
  type RecordingHeader,
  rateOf,
  SINCE_VERSION,
  VERSIONS,
} from './format.js';

const HEADER = z.object({
  device: z.string(),
  address: z.string(),
  baud: z.int().min(0),
  paperjam: z.string(),
  startedAt: z.iso.datetime(),
});

const KIND_OF = new Map<number, Kind>(
  Object.entries(KINDS).map(([kind, byte]) => [byte, kind as Kind]), // The keys of KINDS are the kinds.
);
/** Of a header that is none, in the message. */
const SHOWN = 200;
/** 53 bits. */
const NUMBER_BYTES = 8;

/** How a recording ended. */
export interface RecordingEnd {
  /** It was ended in order. */
  readonly ended: boolean;
  /** What was left of a last record: how many bytes, from where. */
  readonly torn?: { readonly offset: number; readonly bytes: number };
}

/**
 * Reads a recording as it comes, in any split, and keeps no more than one record of it.
 *
 * Throws `PJ_RECORDING` for what is none, `PJ_RECORDING_VERSION`, and `PJ_RECORDING_DAMAGED` with the offset; what had
 * been handed out before that is whole.
 */
export class RecordingParser {
  readonly #file: string;
  readonly #chunks: Uint8Array[] = [];
  #have = 0;
  #need = 1;
  /** Offset in the file of the first byte in `#chunks`. */
  #offset = 0;
  #crc = 0;
  #atUs = 0;
  #header: RecordingHeader | undefined;
  #version = 0;
  #ended = false;
  /** Only zeros have come since here: room that the file system had given and that was never written. */
  #zerosFrom: number | undefined;

  /** `file`: its name, for messages. */
  constructor(file: string) {
    this.#file = file;
  }

  /** Once enough of the file has come. */
  get header(): RecordingHeader | undefined {
    return this.#header;
  }

  /** Takes the next bytes of the file, and gives what is complete with them. */
  *feed(bytes: Uint8Array): Generator<RecordedEvent, void> {
    if (bytes.length === 0) return;
    this.#chunks.push(bytes);
    this.#have += bytes.length;
    if (this.#have < this.#need) return;
    const buffer = this.#chunks.length === 1 ? bytes : Buffer.concat(this.#chunks);
    let at = 0;
    try {
      for (;;) {
        const before = at;
        const taken = this.#take(buffer, at);
        at += taken.bytes;
        this.#offset += taken.bytes;
        if (taken.event !== undefined) yield taken.event;
        if (at === before) break;
      }
    } finally {
      this.#chunks.splice(0, this.#chunks.length, buffer.subarray(at));
      this.#have = buffer.length - at;
    }
  }

  /** The file has ended. */
  finish(): RecordingEnd {
    if (this.#header === undefined) {
      const problem = this.#have === 0 ? 'it is empty' : 'it ends inside its header, so nothing was recorded';
      throw new PaperjamError('PJ_RECORDING', { file: this.#file, problem });
    }
    const offset = this.#zerosFrom ?? this.#offset;
    const bytes = this.#offset + this.#have - offset;
    return bytes === 0 ? { ended: this.#ended } : { ended: false, torn: { offset, bytes } };
  }

  /** Takes header or record at `at`, or 0 bytes if it is not complete. */
  #take(buffer: Uint8Array, at: number): { bytes: number; event?: RecordedEvent } {
    if (this.#header === undefined) return { bytes: this.#takeHeader(buffer) };
    if (at === buffer.length) return this.#wait(1);
    if (this.#zerosFrom !== undefined || buffer[at] === 0) return { bytes: this.#takeZeros(buffer, at) };
    if (this.#ended) throw this.#damaged('there are bytes behind its end');
    return this.#takeRecord(buffer, at);
  }

  #takeHeader(buffer: Uint8Array): number {
    const strange = MAGIC.findIndex((byte, i) => i < buffer.length && buffer[i] !== byte);
    if (strange >= 0) {
      const begin = Buffer.from(buffer.subarray(0, MAGIC.length)).toString('hex');
      throw this.#none(`it begins with ${begin}, not with ${Buffer.from(MAGIC).toString('hex')}`);
    }
    const version = buffer[MAGIC.length];
    if (version !== undefined && !VERSIONS.includes(version))
      throw new PaperjamError('PJ_RECORDING_VERSION', { file: this.#file, version, allowed: VERSIONS.join(', ') });
    const length = this.#number(buffer, MAGIC.length + 1);
    if (length === undefined) return this.#wait(buffer.length + 1).bytes;
    if (length.value > LONGEST_BYTES) throw this.#damaged(`a header of ${length.value} bytes`);
    const end = length.next + length.value;
    if (buffer.length < end + CHECK_BYTES) return this.#wait(end + CHECK_BYTES).bytes;
    this.#check(buffer, 0, end);
    this.#version = version ?? 0;
    this.#header = this.#parseHeader(Buffer.from(buffer.subarray(length.next, end)).toString());
    return end + CHECK_BYTES;
  }

  #parseHeader(json: string): RecordingHeader {
    try {
      return HEADER.parse(JSON.parse(json));
    } catch (cause) {
      throw this.#none(`its header is ${oneLine(json, SHOWN)}`, cause);
    }
  }

  #takeRecord(buffer: Uint8Array, at: number): { bytes: number; event?: RecordedEvent } {
    const kind = KIND_OF.get(buffer[at] ?? 0);
    if (kind === undefined || (SINCE_VERSION[kind] ?? 0) > this.#version)
      throw this.#damaged(`there is no kind of record ${hex(buffer[at] ?? 0)}`);
    const time = this.#number(buffer, at + 1);
    const length = time === undefined ? undefined : this.#number(buffer, time.next);
    const fold = length === undefined ? undefined : buffer[length.next];
    if (time === undefined || length === undefined || fold === undefined) return this.#wait(buffer.length - at + 1);
    if (fold !== foldOf(buffer.subarray(at, length.next))) throw this.#damaged('the head of a record was changed');
    if (length.value > LONGEST_BYTES) throw this.#damaged(`a record of ${length.value} bytes`);
    const from = length.next + 1;
    const end = from + length.value;
    if (buffer.length < end + CHECK_BYTES) return this.#wait(end + CHECK_BYTES - at);
    this.#check(buffer, at, end);
    const bytes = buffer.subarray(from, end);
    if (kind === 'rate' && rateOf(bytes) === undefined) throw this.#damaged('a rate that is no number');
    this.#atUs += time.value;
    this.#ended = kind === 'end';
    const event = eventOf(kind, bytes, { atUs: this.#atUs, offset: this.#offset });
    return { bytes: end + CHECK_BYTES - at, ...(event === undefined ? {} : { event }) };
  }

  #takeZeros(buffer: Uint8Array, at: number): number {
    this.#zerosFrom ??= this.#offset;
    if (buffer.subarray(at).some((byte) => byte !== 0)) {
      this.#offset = this.#zerosFrom;
      throw this.#damaged('there are zeros where a record should be');
    }
    this.#need = 1;
    return buffer.length - at;
  }

  #number(buffer: Uint8Array, at: number): { value: number; next: number } | undefined {
    let value = 0;
    let scale = 1;
    for (let i = at; i < buffer.length; i++, scale *= 0x80) {
      const byte = buffer[i] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80 && Number.isSafeInteger(value)) return { value, next: i + 1 };
      if (i - at + 1 >= NUMBER_BYTES) throw this.#damaged('a number is too long');
    }
    return undefined;
  }

  /** Not before so many bytes, counted from the one that is next, is it worth looking again. */
  #wait(bytes: number): { bytes: number } {
    this.#need = bytes;
    return { bytes: 0 };
  }

  #check(buffer: Uint8Array, from: number, end: number): void {
    this.#crc = crc32(buffer.subarray(from, end), this.#crc);
    const check = new DataView(buffer.buffer, buffer.byteOffset + end, CHECK_BYTES).getUint32(0, true);
    if (check !== this.#crc) throw this.#damaged('the check does not fit, so something in it was changed');
    this.#need = 1;
  }

  #none(problem: string, cause?: unknown): PaperjamError {
    return new PaperjamError('PJ_RECORDING', { file: this.#file, problem }, { cause });
  }

  #damaged(problem: string): PaperjamError {
    return new PaperjamError('PJ_RECORDING_DAMAGED', { file: this.#file, offset: this.#offset, problem });
  }
}

function eventOf(
  kind: Kind,
  bytes: Uint8Array,
  place: { readonly atUs: number; readonly offset: number },
): RecordedEvent | undefined {
  switch (kind) {
    case 'toPrinter':
    case 'fromPrinter':
      return { kind, bytes, ...place };
    case 'opened':
    case 'closed':
      return { kind, ...place };
    case 'rate':
      return { kind, baud: rateOf(bytes) ?? 0, ...place };
    case 'mark':
      return { kind, text: Buffer.from(bytes).toString(), ...place };
    case 'lost': {
      const [code = '', ...words] = Buffer.from(bytes).toString().split(' ');
      return { kind, code, message: words.join(' '), ...place };
    }
    case 'end':
      return undefined;
  }
}

const hex = (byte: number) => byte.toString(16).padStart(2, '0');
