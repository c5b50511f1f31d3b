import type { PrinterProfile } from '../../../ports/device.js';
import type { Storage } from '../../../ports/storage.js';
import { KeyedMemory } from './keyed-memory.js';

const AREAS = ['graphics', 'bitImages', 'records', 'bytes', 'settings'] as const;
type Area = (typeof AREAS)[number];

/** Settings are few and small, and a printer always has room for them. */
const SETTINGS_BYTES = 16 * 1024;
/** Old entries in the storage that are put up with before it is written anew. */
const WASTE_BYTES = 64 * 1024;

/**
 * What a printer keeps without power. With a storage it also survives the program: one JSON line for each change. A torn
 * last line is a change that did not happen. From time to time it is written anew; a program that is killed in that very
 * moment leaves a printer whose memory is empty, as one that was never written to.
 */
export class NvMemory {
  /** `GS ( L`: pictures by key code. */
  readonly graphics: KeyedMemory;
  /** `FS q`: pictures by number. */
  readonly bitImages: KeyedMemory;
  /** `GS ( C`: records by key code. */
  readonly records: KeyedMemory;
  /** `FS g`: bytes by address, under one key. */
  readonly bytes: KeyedMemory;
  /** `GS ( E`, `GS ( M`. */
  readonly settings: KeyedMemory;
  readonly #storage: Storage | undefined;
  #loading = false;
  #wastedBytes = 0;

  constructor(memory: PrinterProfile['memory'] = {}, storage?: Storage) {
    const graphicsBytes = memory.nvGraphicsBytes ?? 256 * 1024;
    const userBytes = memory.nvUserBytes ?? 1024;
    this.#storage = storage;
    this.graphics = this.#area('graphics', graphicsBytes);
    this.bitImages = this.#area('bitImages', graphicsBytes);
    this.records = this.#area('records', userBytes);
    this.bytes = this.#area('bytes', userBytes + 4);
    this.settings = this.#area('settings', SETTINGS_BYTES);
    if (storage !== undefined) this.#load(storage);
  }

  #area(area: Area, capacityBytes: number): KeyedMemory {
    return new KeyedMemory(capacityBytes, (key, content) => this.#write(area, key, content));
  }

  #write(area: Area, key: string, content: Uint8Array | undefined): void {
    if (this.#loading || this.#storage === undefined) return;
    const line = lineOf(area, key, content);
    this.#wastedBytes += line.length;
    this.#storage.append(line);
    if (this.#wastedBytes > WASTE_BYTES + 4 * this.#usedBytes) this.#rewrite(this.#storage);
  }

  get #usedBytes(): number {
    return AREAS.reduce((sum, area) => sum + this[area].usedBytes, 0);
  }

  #rewrite(storage: Storage): void {
    storage.truncate(0);
    for (const area of AREAS) for (const key of this[area].keys) storage.append(lineOf(area, key, this[area].get(key)));
    this.#wastedBytes = 0;
  }

  #load(storage: Storage): void {
    const content = Buffer.from(storage.read());
    const end = content.lastIndexOf(0x0a) + 1;
    if (end < content.length) storage.truncate(end);
    this.#loading = true;
    for (const line of content.toString('utf8', 0, end).split('\n')) this.#take(line);
    this.#loading = false;
    this.#wastedBytes = end;
  }

  /** A line that cannot be read is passed over: the printer starts without that entry. */
  #take(line: string): void {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return;
    }
    if (typeof value !== 'object' || value === null || !('area' in value) || !('key' in value)) return;
    const area = AREAS.find((name) => name === value.area);
    if (area === undefined || typeof value.key !== 'string') return;
    if ('data' in value && typeof value.data === 'string') this[area].set(value.key, Buffer.from(value.data, 'base64'));
    else this[area].delete(value.key);
  }
}

function lineOf(area: Area, key: string, content: Uint8Array | undefined): Buffer {
  const data = content === undefined ? {} : { data: Buffer.from(content).toString('base64') };
  return Buffer.from(`${JSON.stringify({ area, key, ...data })}\n`);
}
