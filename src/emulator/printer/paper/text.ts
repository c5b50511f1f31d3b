import type { LineItem, LineOperation } from './operations.js';
import type { PaperPiece } from './piece.js';

/** How a line looks of which only the upper part is on the paper. */
const CUT_SHORT = '▔';
/** A column of text: a half-width character of Font A. */
const COLUMN_DOTS = 12;
const LINE_DOTS = 30;

/** A line's text; gaps within it (tabs, positions) as spaces; no text for codes and pictures. */
export function lineText(line: LineOperation): string {
  const first = line.items.find((item) => item.kind === 'text');
  if (first === undefined) return '';
  const text = itemsText(line.items, first.x);
  return line.inkedDots === undefined ? text : CUT_SHORT.repeat(columns(text));
}

/**
 * The piece as plain text for a terminal: with alignment, blank lines for feeds, and words for codes and pictures.
 */
export function pieceText(piece: PaperPiece): string {
  const lines: string[] = [];
  let blankDots = 0;
  let picture = false;
  for (const operation of piece.operations) {
    if (operation.op === 'cut') continue;
    if (operation.op === 'feed') {
      blankDots += operation.feedDots;
      continue;
    }
    for (; blankDots >= LINE_DOTS; blankDots -= LINE_DOTS) lines.push('');
    const isPicture = operation.items.every((item) => item.kind === 'image');
    if (!isPicture) lines.push(...whole(operation));
    else if (!picture) lines.push('[picture]');
    picture = isPicture;
    blankDots = Math.max(operation.feedDots - Math.max(operation.heightDots, LINE_DOTS), 0);
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function whole(line: LineOperation): string[] {
  const text = itemsText(line.items, 0);
  if (line.inkedDots === undefined) return [text.trimEnd()];
  const start = text.length - text.trimStart().length;
  return [' '.repeat(start) + CUT_SHORT.repeat(Math.max(columns(text.trim()), 1))];
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
