import type { Raster } from './bitmap.js';
import { type InkShape, inkShapes } from './ink-shapes.js';
import { lineText } from './line-text.js';
import { itemWidth, type LineOperation } from './operations.js';
import type { PaperPiece } from './piece.js';

/**
 * The piece as SVG, dot for dot as its raster, in millimetres. Each shape of ink is drawn once and then referred to, which
 * keeps a ticket small; over it lies its text, invisible, to be searched, selected and read aloud.
 */
export function toSvg(piece: PaperPiece, raster: Raster): string {
  const widthDots = Math.max(raster.widthDots, 1);
  const heightDots = Math.max(raster.heightDots, 1);
  const mm = (dots: number) => `${Math.round((dots * 2_540) / piece.dpi) / 100}mm`;
  const { defs, uses } = drawn(inkShapes(raster));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${mm(widthDots)}" height="${mm(heightDots)}" viewBox="0 0 ${widthDots} ${heightDots}">`,
    `<rect width="${widthDots}" height="${heightDots}" fill="#fff"/>`,
    `<defs>${defs}</defs>`,
    `<g stroke="#000" shape-rendering="crispEdges">${uses}</g>`,
    `<g fill="transparent" font-family="monospace" xml:space="preserve">${texts(piece)}</g>`,
    '</svg>\n',
  ].join('\n');
}

/** Shapes that occur more than once stand in `defs`. */
function drawn(shapes: readonly InkShape[]): { defs: string; uses: string } {
  const places = new Map<string, InkShape[]>();
  for (const shape of shapes) {
    const path = pathOf(shape);
    const same = places.get(path);
    if (same === undefined) places.set(path, [shape]);
    else same.push(shape);
  }
  let defs = '';
  let uses = '';
  let count = 0;
  for (const [path, same] of places) {
    const [first] = same;
    if (first !== undefined && same.length === 1) {
      uses += `<path d="M${first.x} ${first.y + 0.5}${path}"/>`;
      continue;
    }
    const id = `i${(count++).toString(36)}`;
    defs += `<path id="${id}" d="M0 .5${path}"/>`;
    for (const { x, y } of same) uses += `<use href="#${id}" x="${x}" y="${y}"/>`;
  }
  return { defs, uses };
}

/** Runs of dots as strokes one dot wide, each step from where the last one ended. */
function pathOf({ runs }: InkShape): string {
  let path = '';
  let x = 0;
  let y = 0;
  for (const run of runs) {
    if (run.x !== x || run.y !== y) path += run.y === y ? `m${run.x - x} 0` : `m${run.x - x} ${run.y - y}`;
    path += `h${run.dots}`;
    x = run.x + run.dots;
    y = run.y;
  }
  return path;
}

function texts(piece: PaperPiece): string {
  let svg = '';
  let y = 0;
  for (const operation of piece.operations) {
    if (operation.op === 'cut') continue;
    if (operation.op === 'line') svg += text(operation, y);
    y += operation.feedDots;
  }
  return svg;
}

function text(line: LineOperation, top: number): string {
  const items = line.items.filter((item) => item.kind === 'text');
  const [first] = items;
  const last = items.at(-1);
  const words = lineText(line);
  if (first === undefined || last === undefined || words === '') return '';
  const width = last.x + itemWidth(last) - first.x;
  const height = line.heightDots;
  return `<text x="${first.x}" y="${top + height}" font-size="${height}" textLength="${width}">${escaped(words)}</text>`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** What XML 1.0 cannot hold at all becomes a question mark. */
function escaped(words: string): string {
  return words
    .replace(/[&<>]/g, (character) => ESCAPES[character] ?? character)
    .replace(/[^\t\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '?');
}
