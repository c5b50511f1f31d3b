import type { TextEncoding } from './text-encoding.js';

/** Marks that close what stands before them: none of them begins a line. */
const CLOSING = new Set('，。、；：？！）】》〉」』”’％℃…),.;:!?]}%');

/**
 * Clean text as lines of at most `columns`. A line breaks at a space, on either side of a full-width character, and
 * inside a word only where the word alone is wider than the paper. Spaces at a break are dropped.
 */
export function wrap(text: string, columns: number, encoding: TextEncoding): string[] {
  if (!text.includes('\n') && encoding.width(text) <= columns) return [text];
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    if (encoding.width(paragraph) <= columns) lines.push(paragraph);
    else wrapParagraph(paragraph, columns, encoding, lines);
  }
  return lines;
}

function wrapParagraph(paragraph: string, columns: number, encoding: TextEncoding, lines: string[]): void {
  let line = '';
  let width = 0;
  let breakAt = 0; // Length of the part of `line` that may be cut off as a line; 0: none.
  let previousWide = false;
  const firstLine = lines.length;
  for (const char of paragraph) {
    const charWidth = encoding.charWidth(char);
    const wide = charWidth > 1;
    if ((wide || previousWide) && line !== '' && !CLOSING.has(char)) breakAt = line.length;
    if (char === ' ' && line.trim() !== '') breakAt = line.length;
    while (width + charWidth > columns && line !== '') {
      const cut = breakAt > 0 ? breakAt : line.length;
      lines.push(line.slice(0, cut).trimEnd());
      line = line.slice(cut).trimStart();
      width = encoding.width(line);
      breakAt = 0;
    }
    if (char === ' ' && line === '' && lines.length > firstLine) continue; // The space at a break is the break.
    line += char;
    width += charWidth;
    previousWide = wide;
  }
  if (line !== '') lines.push(line);
}

/** A label at the left edge and a value at the right edge; the value on lines of its own when both do not fit. */
export function pair(label: string, value: string, columns: number, encoding: TextEncoding): string[] {
  const labelWidth = encoding.width(label);
  const gap = columns - labelWidth - encoding.width(value);
  const fits = gap >= (labelWidth === 0 ? 0 : 1) && !label.includes('\n') && !value.includes('\n');
  if (fits) return [label + ' '.repeat(gap) + value];
  const lines = labelWidth === 0 ? [] : wrap(label, columns, encoding);
  for (const line of wrap(value, columns, encoding)) {
    lines.push(' '.repeat(Math.max(columns - encoding.width(line), 0)) + line);
  }
  return lines;
}
