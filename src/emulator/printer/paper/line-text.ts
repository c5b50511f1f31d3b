import type { LineItem, LineOperation } from './operations.js';

/** How a line looks of which only the upper part is on the paper. */
const CUT_SHORT = '▔';
/** A column of text: a half-width character of Font A. */
const COLUMN_DOTS = 12;

/** A line's text; gaps within it (tabs, positions) as spaces; no text for codes and pictures. */
export function lineText(line: LineOperation): string {
  const first = line.items.find((item) => item.kind === 'text');
  if (first === undefined) return '';
  const text = itemsText(line.items, first.x);
  return line.inkedDots === undefined ? text : cutShort(text);
}

/** The line with its alignment, and codes in words, for a terminal. */
export function alignedText(line: LineOperation): string {
  const text = itemsText(line.items, 0).trimEnd();
  if (line.inkedDots === undefined) return text;
  const start = text.length - text.trimStart().length;
  return ' '.repeat(start) + cutShort(text.trim() || ' ');
}

function cutShort(text: string): string {
  return CUT_SHORT.repeat(columns(text));
}

function itemsText(items: readonly LineItem[], fromDots: number): string {
  let text = '';
  let end = fromDots;
  for (const item of items) {
    const gap = Math.round((item.x - end) / COLUMN_DOTS);
    if (gap > 0) text += ' '.repeat(gap);
    if (item.kind === 'text') {
      text += item.text;
      end = item.x + item.cells * item.advance;
    } else if (item.kind === 'qr') text += `[QR ${latin1AsUtf8(item.data)}]`;
  }
  return text;
}

/** The bytes of a symbol as the text that they most likely are. */
function latin1AsUtf8(data: string): string {
  const bytes = Buffer.from(data, 'latin1');
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? data : text;
}

/** Columns of a terminal that a text takes. */
function columns(text: string): number {
  let count = 0;
  for (const character of text) count += (character.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
  return count;
}
