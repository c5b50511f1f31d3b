import { type Command, lowHigh, word } from '../command.js';
import { BAND_ROWS } from '../composer.js';
import type { Device } from '../device.js';
import { printBand, printPicture } from '../picture.js';
import { columnsToRows, croppedRows } from '../pixels.js';

/** `GS Q 0`: the highest column. */
const MOST_COLUMN_BYTES = 288;

/** Pictures: column format in the line (`ESC *`), raster of any length (`GS v 0`), ruled lines. */
export const GRAPHICS_COMMANDS: readonly Command[] = [
  {
    name: 'ESC *',
    size: (args, have) => (have < 3 ? 3 : 3 + columnBytes(args[0] ?? 0) * word(args, 1)),
    run: bitImage,
  },
  {
    name: 'GS v 0',
    size: 5,
    body: {
      length: (args) => word(args, 1) * word(args, 3),
      // Lines of nonsense width are taken one by one, so that a slice stays below 64 KB.
      slice: (args) => word(args, 1) * (word(args, 1) > 1024 ? 1 : BAND_ROWS),
      take: rasterBand,
    },
  },
  {
    name: 'GS *',
    size: (args, have) => (have < 2 ? 2 : 2 + (args[0] ?? 0) * (args[1] ?? 0) * 8),
    run: (device, args, size) => {
      const widthDots = (args[0] ?? 0) * 8;
      const bytesHigh = args[1] ?? 0;
      const rows = columnsToRows(args.subarray(2, size), widthDots, bytesHigh);
      device.download = { widthDots, heightDots: bytesHigh * 8, scaleX: 1, scaleY: 1, rows };
    },
  },
  {
    name: 'GS /',
    size: 1,
    run: (device, args) => {
      const m = (args[0] ?? 0) & 3;
      if (device.download !== undefined)
        printPicture(device, { ...device.download, scaleX: m & 1 ? 2 : 1, scaleY: m & 2 ? 2 : 1 });
    },
  },
  {
    name: 'GS Q 0',
    size: (args, have) => (have < 5 ? 5 : 5 + word(args, 1) * word(args, 3)),
    run: variableImage,
  },
  { name: 'FS ( L', size: lowHigh },
  { name: 'FS ( E', size: lowHigh, undone: true },
  { name: 'GS ( B', size: lowHigh },
  { name: 'GS ( Q', size: lowHigh, run: ruledLine },
];

/** Bytes of a column of `ESC * m`: 8 or 24 dots high. */
function columnBytes(m: number): number {
  return m >= 32 ? 3 : 1;
}

/** `ESC * m nL nH d…`. Dots of the coarse modes are printed several dots wide and high. */
function bitImage({ composer, from }: Device, args: Uint8Array, size: number): void {
  const m = args[0] ?? 0;
  if (m !== 0 && m !== 1 && m !== 32 && m !== 33) return;
  const bytesHigh = columnBytes(m);
  const scaleX = m & 1 ? 1 : 2;
  const widthDots = Math.min(word(args, 1), Math.ceil(composer.options.printableDots / scaleX));
  if (widthDots === 0) return;
  const rows = columnsToRows(args.subarray(3, Math.min(size, 3 + widthDots * bytesHigh)), widthDots, bytesHigh);
  const scaleY = bytesHigh === 1 ? 3 : 1;
  composer.inline({ widthDots, heightDots: bytesHigh * 8, scaleX, scaleY, rows }, from);
}

/** `GS v 0 m xL xH yL yH d…`, one band of it. */
function rasterBand(device: Device, args: Uint8Array, slice: Uint8Array, left: number): void {
  const rowBytes = word(args, 1);
  if (rowBytes === 0) return;
  const m = args[0] ?? 0;
  const heightDots = Math.ceil(slice.length / rowBytes);
  const scaleX = m & 1 ? 2 : 1;
  const widthDots = Math.min(rowBytes * 8, Math.ceil(device.composer.areaDots / scaleX));
  const rows = croppedRows(slice, rowBytes, widthDots, heightDots);
  const scaleY = m & 2 ? 2 : 1;
  printBand(device, { widthDots, heightDots, scaleX, scaleY, rows }, (left / rowBytes) * scaleY);
}

/** `GS Q 0 m xL xH yL yH d…`: in column format, as many bytes high as wanted. */
function variableImage(device: Device, args: Uint8Array, size: number): void {
  const m = (args[0] ?? 0) & 3;
  const bytesHigh = word(args, 3);
  const scaleX = m & 1 ? 2 : 1;
  const widthDots = Math.min(word(args, 1), Math.ceil(device.composer.areaDots / scaleX));
  // The manual's bounds; beyond them nothing is printed.
  if (widthDots === 0 || bytesHigh === 0 || bytesHigh > MOST_COLUMN_BYTES) return;
  const rows = columnsToRows(args.subarray(5, Math.min(size, 5 + widthDots * bytesHigh)), widthDots, bytesHigh);
  printPicture(device, { widthDots, heightDots: bytesHigh * 8, scaleX, scaleY: m & 2 ? 2 : 1, rows });
}

/**
 * `GS ( Q`: a horizontal or vertical line in page mode, <Function 48> `30 x1 y1 x2 y2 c m`, all but the last two of two
 * bytes; <Function 49> a rectangle. `c` 1 to 3: thin, moderately thick, thick.
 */
function ruledLine(device: Device, args: Uint8Array, size: number): void {
  const { composer } = device;
  const fn = args[2] ?? 0;
  if ((fn !== 48 && fn !== 49) || size < 13) {
    device.notes.warn(device.from, `GS ( Q <Function ${fn}>`);
    return;
  }
  if (composer.page === undefined) return;
  const [x1, x2] = sorted(composer.dotsX(word(args, 3)), composer.dotsX(word(args, 7)));
  const [y1, y2] = sorted(composer.dotsY(word(args, 5)), composer.dotsY(word(args, 9)));
  const thick = LINE_DOTS[(args[11] ?? 1) - 1] ?? 1;
  const right = Math.min(x2, composer.areaDots);
  const bottom = Math.min(y2, composer.page.depthDots);
  const line = (x: number, y: number, widthDots: number, heightDots: number) => {
    const rows = new Uint8Array([0x80]);
    const dot = { kind: 'image' as const, x, widthDots: 1, heightDots: 1, scaleX: widthDots, scaleY: heightDots, rows };
    if (composer.page?.place([dot], heightDots, y + heightDots) === false) composer.options.pageFull();
  };
  if (right < x1 || bottom < y1) return;
  line(x1, y1, Math.max(right - x1, thick), fn === 49 || y1 === y2 ? thick : bottom - y1);
  if (fn === 48) return;
  line(x1, bottom - thick, right - x1, thick);
  line(x1, y1, thick, Math.max(bottom - y1, 1));
  line(Math.max(right - thick, x1), y1, thick, Math.max(bottom - y1, 1));
}

const LINE_DOTS = [1, 2, 4];

function sorted(a: number, b: number): [number, number] {
  return a < b ? [a, b] : [b, a];
}
