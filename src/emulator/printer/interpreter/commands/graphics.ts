import { type Command, lowHigh, word } from '../command.js';
import { BAND_ROWS } from '../composer.js';
import type { Device, StoredPicture } from '../device.js';
import { columnsToRows, croppedRows, isBlank } from '../pixels.js';

/** Pictures: column format in the line (`ESC *`), raster of any length (`GS v 0`), and stored ones. */
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
  { name: 'GS ( L', size: lowHigh, run: (device, args, size) => graphics(device, args.subarray(2, size)) },
  {
    name: 'GS 8 L',
    size: (args, have) => (have < 4 ? 4 : 4 + word(args, 0) + word(args, 2) * 0x10000),
    run: (device, args, size) => graphics(device, args.subarray(4, size)),
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
  // Pictures in non-volatile memory.
  { name: 'FS q', size: nvPictures, undone: true },
  { name: 'FS p', size: 2, undone: true },
  { name: 'GS Q 0', size: (args, have) => (have < 5 ? 5 : 5 + word(args, 1) * word(args, 3)), undone: true },
  { name: 'FS ( L', size: lowHigh },
  { name: 'FS ( E', size: lowHigh, undone: true },
  { name: 'GS ( B', size: lowHigh },
  { name: 'GS ( Q', size: lowHigh, undone: true },
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
function rasterBand(device: Device, args: Uint8Array, slice: Uint8Array): void {
  const rowBytes = word(args, 1);
  if (rowBytes === 0) return;
  const m = args[0] ?? 0;
  const heightDots = Math.ceil(slice.length / rowBytes);
  const scaleX = m & 1 ? 2 : 1;
  const widthDots = Math.min(rowBytes * 8, Math.ceil(device.composer.areaDots / scaleX));
  const rows = croppedRows(slice, rowBytes, widthDots, heightDots);
  band(device, { widthDots, heightDots, scaleX, scaleY: m & 2 ? 2 : 1, rows });
}

/** `GS ( L` and `GS 8 L`, from m on. Carried out: store raster graphics (112), print them (2, 50). */
function graphics(device: Device, args: Uint8Array): void {
  const fn = args[1] ?? 0;
  if (fn === 112) {
    const widthDots = word(args, 6);
    const rowBytes = (widthDots + 7) >> 3;
    const heightDots = rowBytes === 0 ? 0 : Math.min(word(args, 8), Math.floor((args.length - 10) / rowBytes));
    const rows = args.slice(10, 10 + rowBytes * heightDots);
    const times = (byte: number | undefined) => (byte === 2 ? 2 : 1);
    device.graphics = { widthDots, heightDots, scaleX: times(args[3]), scaleY: times(args[4]), rows };
  } else if (fn === 2 || fn === 50) {
    if (device.graphics !== undefined) printPicture(device, device.graphics);
    device.graphics = undefined;
  } else device.notes.warn(device.from, `GS ( L <Function ${fn}>`);
}

function printPicture(device: Device, picture: StoredPicture): void {
  const rowBytes = (picture.widthDots + 7) >> 3;
  const widthDots = Math.min(picture.widthDots, Math.ceil(device.composer.areaDots / picture.scaleX));
  for (let top = 0; top < picture.heightDots; top += BAND_ROWS) {
    const heightDots = Math.min(BAND_ROWS, picture.heightDots - top);
    const source = picture.rows.subarray(top * rowBytes, (top + heightDots) * rowBytes);
    band(device, { ...picture, widthDots, heightDots, rows: croppedRows(source, rowBytes, widthDots, heightDots) });
  }
}

/** Prints a band of a picture; a white one only moves the paper. */
function band({ composer, from, to }: Device, picture: StoredPicture): void {
  const { heightDots, scaleY, rows } = picture;
  if (isBlank(rows)) {
    composer.flush(from);
    composer.print(heightDots * scaleY, to);
  } else composer.block({ kind: 'image', x: 0, ...picture }, heightDots * scaleY, from, to);
}

/** `FS q n`, then for each picture its size in bytes across and down, and eight times their product. */
function nvPictures(args: Uint8Array, have: number): number {
  if (have < 1) return 1;
  let at = 1;
  for (let picture = 0; picture < (args[0] ?? 0); picture++) {
    if (at + 4 > have) return at + 4;
    at += 4 + word(args, at) * word(args, at + 2) * 8;
  }
  return at;
}
