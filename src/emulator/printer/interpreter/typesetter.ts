import type { PrinterProfile } from '../../../ports/device.js';
import { FONT_B } from '../paper/style.js';
import type { Composer } from './composer.js';
import { isWide, utf8Length } from './unicode.js';
import type { UserCharacters } from './user-characters.js';
import { type WideCode, wideCode } from './wide-code.js';

const WIDE = ['gb18030', 'big5', 'shift_jis', 'euc-kr'] as const;

/** Makes characters of the bytes that are no commands, and sets them on the line. */
export class Typesetter {
  readonly #composer: Composer;
  readonly #own: UserCharacters;
  /** The code of full-width characters that it takes them for, whatever the model's is. */
  #wrongCjk: PrinterProfile['cjk'] | undefined;

  constructor(composer: Composer, own: UserCharacters) {
    this.#composer = composer;
    this.#own = own;
  }

  /** Takes all characters for those of another encoding: a wrong setting. `undefined`: for what they are. */
  takeFor(encoding: string | undefined): void {
    const wide = WIDE.find((code) => code === encoding);
    this.#wrongCjk = encoding === undefined ? undefined : (wide ?? 'none');
    this.#composer.options.characters.force(wide === undefined ? encoding : undefined);
  }

  /**
   * Characters from `start` to before `end`; `base` is the offset of the array's first byte in the stream. Takes as many
   * as it can and says up to where: fewer when a line that is full has to be printed first, and when a character's last
   * bytes are not there yet. `closed`: a control code follows, so a character without its end will not get one.
   */
  text(bytes: Buffer, start: number, end: number, base: number, closed: boolean): number {
    const { options, layout } = this.#composer;
    const code = this.#wideCode();
    let at = start;
    while (at < end && !options.outlet.busy) {
      const byte = bytes[at] ?? 0;
      let length: number;
      if (layout.utf8 && byte >= 0x80) {
        length = utf8Length(bytes, at, end);
        if (length > 0) {
          at = this.#unicodeRun(bytes, at, end, base);
          continue;
        }
      } else if (layout.utf8) {
        at = this.#halfRun(bytes, at, asciiEnd(bytes, at, end), base);
        continue;
      } else if (code === undefined) {
        at = this.#halfRun(bytes, at, end, base);
        continue;
      } else if (code.leads[byte] === 0) {
        at = this.#halfRun(bytes, at, halfEnd(code.leads, bytes, at, end), base);
        continue;
      } else {
        length = code.length(bytes, at, end);
        if (length > 0) {
          at = this.#fullRun(code, bytes, at, end, base);
          continue;
        }
      }
      if (length === 0 && !closed) return at;
      options.unknown(base + at, bytes.subarray(at, at + 1));
      at++;
    }
    return at;
  }

  /** The full-width code that is in force; `undefined` while every byte is a half-width character. */
  #wideCode(): WideCode | undefined {
    const { layout, options } = this.#composer;
    if (options.cjk === 'none') return undefined;
    const code = this.#wrongCjk ?? layout.code;
    if (code === 'none') return undefined;
    // Shift JIS tells both by the byte alone; the other codes wait for FS &.
    return layout.kanji || code === 'shift_jis' ? wideCode(code) : undefined;
  }

  #halfRun(bytes: Buffer, at: number, end: number, base: number): number {
    const composer = this.#composer;
    const { layout } = composer;
    if (layout.userCharacters && this.#own.any) return this.#mixedRun(bytes, at, end, base);
    const room = composer.room(composer.half, base + at);
    if (room === 0) return at;
    const to = Math.min(end, at + room);
    composer.add(composer.half, composer.options.characters.text(bytes, at, to), to - at, base + at);
    return to;
  }

  /** Some of the characters may be user-defined: one at a time. */
  #mixedRun(bytes: Buffer, start: number, end: number, base: number): number {
    const composer = this.#composer;
    const fontB = (composer.half.style & FONT_B) !== 0;
    for (let at = start; at < end; at++) {
      if (composer.options.outlet.busy || composer.room(composer.half, base + at) === 0) return at;
      const text = composer.options.characters.text(bytes, at, at + 1);
      composer.add(composer.half, text, 1, base + at, this.#own.half(bytes[at] ?? 0, fontB));
    }
    return end;
  }

  #fullRun(code: WideCode, bytes: Buffer, start: number, end: number, base: number): number {
    const composer = this.#composer;
    const room = composer.room(composer.full, base + start);
    let text = '';
    let cells = 0;
    let at = start;
    while (cells < room && at < end) {
      const length = code.length(bytes, at, end);
      if (length <= 0) break;
      const shape = length === 2 ? this.#own.full(bytes[at] ?? 0, bytes[at + 1] ?? 0) : undefined;
      if (shape !== undefined) {
        if (cells > 0) break; // What stands before it is set first.
        composer.add(composer.full, '\u3013', 1, base + at, shape);
        return at + length;
      }
      text += code.character(bytes, at, length);
      at += length;
      cells++;
    }
    if (cells > 0) composer.add(composer.full, text, cells, base + start);
    return at;
  }

  /** Characters above ASCII in UTF-8, all half-width or all full-width. */
  #unicodeRun(bytes: Buffer, start: number, end: number, base: number): number {
    const composer = this.#composer;
    const wide = this.#isWide(bytes, start, end);
    const face = wide ? composer.full : composer.half;
    const room = composer.room(face, base + start);
    let cells = 0;
    let at = start;
    while (cells < room && at < end && (bytes[at] ?? 0) >= 0x80) {
      const length = utf8Length(bytes, at, end);
      if (length <= 0 || this.#isWide(bytes, at, end) !== wide) break;
      at += length;
      cells++;
    }
    if (cells > 0) composer.add(face, bytes.toString('utf8', start, at), cells, base + start);
    return at;
  }

  #isWide(bytes: Buffer, at: number, end: number): boolean {
    const { layout } = this.#composer;
    const code = bytes.toString('utf8', at, Math.min(at + 4, end)).codePointAt(0) ?? 0;
    return isWide(code, layout.fontPriority !== 0);
  }
}

function asciiEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start + 1;
  while (at < end && (bytes[at] ?? 0) < 0x80) at++;
  return at;
}

function halfEnd(leads: Uint8Array, bytes: Uint8Array, start: number, end: number): number {
  let at = start + 1;
  while (at < end && leads[bytes[at] ?? 0] === 0) at++;
  return at;
}
