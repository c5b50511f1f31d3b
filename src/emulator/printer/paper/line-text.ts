import type { LineItem, LineOperation, PageItem } from './operations.js';
import { latin1AsUtf8, symbolWords } from './symbol-items.js';

/** How a line looks of which only the upper part is on the paper. */
const CUT_SHORT = '▔';
/** A column of text: a half-width character of Font A. */
const COLUMN_DOTS = 12;

/** Below this share of its dots nobody can read a line. */
const READABLE_FADE = 0.3;

function isUnreadable({ worn }: LineOperation): boolean {
  return worn?.blank === true || (worn?.fade ?? 1) < READABLE_FADE;
}

/**
 * A line's text; gaps within it (tabs, positions) as spaces; no text for codes and pictures, but for the characters that
 * stand above or below a bar code.
 */
export function lineText(line: LineOperation): string {
  if (isUnreadable(line)) return '';
  const [page] = line.items;
  if (page?.kind === 'page') return pageTexts(page, (items) => itemsText(items, items[0]?.x ?? 0, readable)).join('\n');
  const items = line.items.filter((item) => readable(item) !== '');
  const [first] = items;
  if (first === undefined) return '';
  const text = itemsText(items, first.x, readable);
  return line.inkedDots === undefined ? text : cutShort(text);
}

/** The line with its alignment, and codes in words, for a terminal. */
export function alignedText(line: LineOperation): string {
  if (isUnreadable(line)) return '';
  const [page] = line.items;
  if (page?.kind === 'page') return pageTexts(page, (items) => itemsText(items, 0, inWords).trimEnd()).join('\n');
  const text = itemsText(line.items, 0, inWords).trimEnd();
  if (line.inkedDots === undefined) return text;
  const start = text.length - text.trimStart().length;
  return ' '.repeat(start) + cutShort(text.trim() || ' ');
}

/** The lines of a page that can be read, area by area, each from top to bottom as its reader sees it. */
function pageTexts(page: PageItem, textOf: (items: readonly LineItem[]) => string): string[] {
  const areas = new Map<string, Map<number, LineItem[]>>();
  for (const { area, direction, bottom, items } of page.parts) {
    const frame = [area.x, area.y, area.widthDots, area.heightDots, direction].join();
    const lines = areas.get(frame) ?? new Map<number, LineItem[]>();
    areas.set(frame, lines);
    lines.set(bottom, [...(lines.get(bottom) ?? []), ...items.filter((item) => inWords(item) !== '')]);
  }
  const texts: string[] = [];
  for (const lines of areas.values())
    for (const [, items] of [...lines].sort(([a], [b]) => a - b)) texts.push(textOf(items.sort((a, b) => a.x - b.x)));
  return texts.filter((text) => text !== '');
}

function cutShort(text: string): string {
  return CUT_SHORT.repeat(columns(text));
}

function readable(item: LineItem): string {
  if (item.kind === 'text') return item.text;
  return item.kind === 'barcode' && item.hri !== undefined ? item.text : '';
}

function inWords(item: LineItem): string {
  switch (item.kind) {
    case 'text':
      return item.text;
    case 'qr':
      return `[QR ${latin1AsUtf8(item.data)}]`;
    case 'barcode':
    case 'matrix':
      return symbolWords(item);
    default:
      return '';
  }
}

function itemsText(items: readonly LineItem[], fromDots: number, words: (item: LineItem) => string): string {
  let text = '';
  let end = fromDots;
  for (const item of items) {
    const gap = Math.round((item.x - end) / COLUMN_DOTS);
    if (gap > 0) text += ' '.repeat(gap);
    text += words(item);
    if (item.kind === 'text') end = item.x + item.cells * item.advance;
  }
  return text;
}

/** Columns of a terminal that a text takes. */
function columns(text: string): number {
  let count = 0;
  for (const character of text) count += (character.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
  return count;
}
