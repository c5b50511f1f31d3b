/**
 * Evidence as a zip, in one form only: the files in order, stored as they are, with the same time and nothing beside them.
 * What a zip says besides its files (headers, directory, comments, gaps) can so be checked byte by byte: it has to be what
 * this program would write. And nothing can be packed so that it grows without bounds when it is opened.
 */
import { zipSync } from 'fflate';
import { crc32 } from '../base/crc32.js';

export type NamedFiles = ReadonlyMap<string, Uint8Array>;

const SIGNATURE = 0x04034b50;
/** A local header without its name (APPNOTE.TXT 4.3.7). */
const HEADER_BYTES = 30;
const AT = { crc: 14, size: 22, nameLength: 26 } as const;

export function packZip(files: NamedFiles): Uint8Array {
  const mtime = new Date(1980, 0, 1); // The first that a zip can tell, in any zone: fflate writes local time.
  return zipSync(Object.fromEntries(files), { level: 0, mtime });
}

/** Takes one file after the other out of a zip. `changed` is called with what does not fit, and must throw. */
export class ZipReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #changed: (where: string, problem: string) => never;
  readonly #files = new Map<string, Uint8Array>();
  readonly #headers: { readonly name: string; readonly from: number; readonly to: number }[] = [];
  #at = 0;

  constructor(bytes: Uint8Array, changed: (where: string, problem: string) => never) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#changed = changed;
  }

  /** The file that has to be the next. Without `size` it is as long as its header says. */
  take(name: string, size?: number): Uint8Array {
    const from = this.#at + HEADER_BYTES + name.length;
    const header = `the zip's header of ${name}`;
    if (from > this.#bytes.length) this.#changed(name, 'is missing, the zip ends before it');
    const signed = this.#view.getUint32(this.#at, true) === SIGNATURE;
    const named = Buffer.from(this.#bytes.subarray(from - name.length, from)).toString('latin1');
    const nameLength = this.#view.getUint16(this.#at + AT.nameLength, true);
    if (!signed || named !== name || nameLength !== name.length) this.#changed(header, 'is not where it was written');
    const length = size ?? this.#view.getUint32(this.#at + AT.size, true);
    const to = from + length;
    if (to > this.#bytes.length) this.#changed(name, `is cut short, ${length} bytes of it were packed`);
    const content = this.#bytes.subarray(from, to);
    const check = this.#view.getUint32(this.#at + AT.crc, true);
    this.#headers.push({ name, from: this.#at, to: from });
    this.#files.set(name, content);
    this.#at = to;
    // Where nothing else vouches for a file yet; of the others the digest tells more.
    if (size === undefined && check !== crc32(content)) this.#changed(name, 'does not fit to its own checksum');
    return content;
  }

  /** That was all: now the whole zip has to be the one that these files make. */
  finish(): void {
    const whole = packZip(this.#files);
    const length = Math.min(whole.length, this.#bytes.length);
    let at = 0;
    while (at < length && whole[at] === this.#bytes[at]) at++;
    if (at === length && whole.length === this.#bytes.length) return;
    const header = this.#headers.find(({ from, to }) => at >= from && at < to);
    if (header !== undefined)
      this.#changed(`the zip's header of ${header.name}`, `is not as it was written (byte ${at})`);
    const problem =
      whole.length === this.#bytes.length
        ? `is not as it was written (byte ${at})`
        : `has ${Math.abs(this.#bytes.length - whole.length)} bytes too ${this.#bytes.length > whole.length ? 'many' : 'few'} (from byte ${at})`;
    this.#changed("the zip's directory", problem);
  }
}
