/** Text for a terminal or a pipe: columns, colours, and a line that changes. */

/** How lines are to look. */
export interface LineStyle {
  readonly colour: boolean;
  /** Of the terminal; lines for a pipe are as long as they are. */
  readonly columns?: number;
}

/** Where lines go: a terminal, or a pipe. */
export interface TextStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** `NO_COLOR` (no-color.org) and `TERM` are looked at. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether the stream is a terminal on which a line can be written over. */
export function isLive({ isTTY }: TextStream, { TERM }: Environment): boolean {
  return isTTY === true && TERM !== 'dumb';
}

export function styleOf(stream: TextStream, env: Environment): LineStyle {
  const live = isLive(stream, env);
  const { columns } = stream;
  return { colour: live && (env.NO_COLOR ?? '') === '', ...(live && columns !== undefined ? { columns } : {}) };
}

/** To the beginning of the line, and erase it (ECMA-48, 8.3.41). */
const ERASE = '\r\u001b[2K';

/** A line that is written over until something is to stay; for a stream that is `isLive`. */
export class ChangingLine {
  readonly #stream: TextStream;
  #shown = '';

  constructor(stream: TextStream) {
    this.#stream = stream;
  }

  show(line: string): void {
    if (line === this.#shown) return;
    this.#stream.write(this.#shown === '' ? line : `${ERASE}${line}`);
    this.#shown = line;
  }

  /** Takes it away. */
  clear(): void {
    if (this.#shown !== '') this.#stream.write(ERASE);
    this.#shown = '';
  }
}

/** Select graphic rendition (ECMA-48, 8.3.117). */
export function coloured(text: string, code: number, { colour }: LineStyle): string {
  return colour ? `\u001b[${code}m${text}\u001b[0m` : text;
}

/** Characters that take two columns in terminals: the wide ones of Unicode's East Asian Width (UAX 11), in short. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

export function columnsOf(text: string): number {
  let columns = 0;
  for (const char of text) columns += /\p{M}/u.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
  return columns;
}

export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}

/** Never as wide as the terminal: a line that fills it would wrap, and could not be written over. */
export function fitted(text: string, columns: number | undefined): string {
  if (columns === undefined || columnsOf(text) < columns) return text;
  let kept = '';
  let width = 0;
  for (const char of text) {
    width += columnsOf(char);
    if (width > columns - 2) break;
    kept += char;
  }
  return `${kept}…`;
}
