import { type Command, lowHigh, word } from '../command.js';
import type { Device } from '../device.js';
import type { KeyedMemory } from '../keyed-memory.js';
import { overlaid, packed, printPicture, unpacked } from '../picture.js';
import { columnsToRows, type StoredPicture } from '../pixels.js';
import { sendKeys, sendNumber } from '../replies.js';

/** Pictures that are sent first and printed later: from the print buffer, from RAM, from non-volatile memory. */
export const STORED_GRAPHICS_COMMANDS: readonly Command[] = [
  { name: 'GS ( L', size: lowHigh, run: (device, args, size) => graphics(device, args.subarray(2, size)) },
  {
    name: 'GS 8 L',
    size: (args, have) => (have < 4 ? 4 : 4 + word(args, 0) + word(args, 2) * 0x10000),
    run: (device, args, size) => graphics(device, args.subarray(4, size)),
  },
  { name: 'FS q', size: nvPictures, run: defineNvPictures },
  {
    name: 'FS p',
    size: 2,
    run: (device, args) => {
      const kept = device.nv.bitImages.get(String(args[0] ?? 0));
      const m = (args[1] ?? 0) & 3;
      if (kept !== undefined) printPicture(device, unpacked(kept, m & 1 ? 2 : 1, m & 2 ? 2 : 1));
    },
  },
];

/** `GS ( L` and `GS 8 L`, from m on. */
function graphics(device: Device, args: Uint8Array): void {
  const fn = args[1] ?? 0;
  switch (fn) {
    case 0:
    case 48: // The capacity of the NV graphics memory.
      sendNumber(device, 0x30, device.nv.graphics.capacityBytes);
      break;
    case 1:
    case 49: // The density that pictures are made for: the head has one only.
      break;
    case 2:
    case 50:
      if (device.graphics !== undefined) printPicture(device, device.graphics);
      device.graphics = undefined;
      break;
    case 3:
    case 51:
      sendNumber(device, 0x31, device.nv.graphics.freeBytes);
      break;
    case 4:
    case 52:
      sendNumber(device, 0x32, device.downloads.freeBytes);
      break;
    case 64:
    case 65:
    case 66:
    case 67:
    case 68:
    case 69:
      keyed(device, device.nv.graphics, fn - 64, 0x72, args);
      break;
    case 80:
    case 81:
    case 82:
    case 83:
    case 84:
    case 85:
      keyed(device, device.downloads, fn - 80, 0x73, args);
      break;
    case 112:
    case 113:
      buffer(device, args, fn === 113);
      break;
    default:
      device.notes.warn(device.from, `GS ( L <Function ${fn}>`);
  }
}

/** Functions 64 to 69 for NV graphics, 80 to 85 for downloaded ones: list, delete all, delete, define twice, print. */
function keyed(device: Device, memory: KeyedMemory, step: number, id: number, args: Uint8Array): void {
  switch (step) {
    case 0:
      if (is(args, 'KC')) sendKeys(device, id, memory.keys);
      break;
    case 1:
      if (is(args, 'CLR')) memory.clear();
      break;
    case 2:
      memory.delete(keyCode(args, 2));
      break;
    case 3:
    case 4: {
      const picture = layers(args, step === 4);
      if (picture === undefined) break;
      if (!memory.set(keyCode(args, 3), packed(picture)))
        device.notes.warn(device.from, `GS ( L <Function ${args[1]}>: the memory is full`);
      break;
    }
    case 5: {
      const kept = memory.get(keyCode(args, 2));
      if (kept !== undefined) printPicture(device, unpacked(kept, times(args[4]), times(args[5])));
    }
  }
}

/** `a kc1 kc2 b xL xH yL yH`, then for each of `b` colours `c` and its dots. */
function layers(args: Uint8Array, columns: boolean): StoredPicture | undefined {
  const size = { widthDots: word(args, 6), heightDots: word(args, 8), scaleX: 1, scaleY: 1 };
  const bytes = bytesOf(size, columns);
  let picture: StoredPicture | undefined;
  for (let layer = 0, at = 10; layer < (args[5] ?? 0) && at < args.length; layer++, at += 1 + bytes) {
    const one = dots(args.subarray(at + 1, at + 1 + bytes), size, columns);
    picture = picture === undefined ? one : overlaid(picture, one);
  }
  return picture;
}

/**
 * <Function 112>, <Function 113>: `a bx by c xL xH yL yH` and the dots, into the print buffer. Colours lie one on the other.
 * In page mode that is the page: <Function 50> "cannot be used when the page mode is enabled" (TM-L90, p. 229).
 */
function buffer(device: Device, args: Uint8Array, columns: boolean): void {
  const size = { widthDots: word(args, 6), heightDots: word(args, 8), scaleX: times(args[3]), scaleY: times(args[4]) };
  const picture = dots(args.subarray(10), size, columns);
  if (device.composer.page !== undefined) printPicture(device, picture);
  else device.graphics = device.graphics === undefined ? picture : overlaid(device.graphics, picture);
}

function bytesOf({ widthDots, heightDots }: Omit<StoredPicture, 'rows'>, columns: boolean): number {
  return columns ? widthDots * ((heightDots + 7) >> 3) : ((widthDots + 7) >> 3) * heightDots;
}

/** The picture as far as its data goes. */
function dots(data: Uint8Array, size: Omit<StoredPicture, 'rows'>, columns: boolean): StoredPicture {
  const { widthDots, heightDots } = size;
  if (columns) {
    const bytesHigh = (heightDots + 7) >> 3;
    const width = bytesHigh === 0 ? 0 : Math.min(widthDots, Math.ceil(data.length / bytesHigh));
    return { ...size, widthDots: width, rows: columnsToRows(data, width, bytesHigh) };
  }
  const rowBytes = (widthDots + 7) >> 3;
  const height = rowBytes === 0 ? 0 : Math.min(heightDots, Math.floor(data.length / rowBytes));
  return { ...size, heightDots: height, rows: data.slice(0, rowBytes * height) };
}

function times(byte: number | undefined): 1 | 2 {
  return byte === 2 ? 2 : 1;
}

function keyCode(args: Uint8Array, at: number): string {
  return String.fromCharCode(args[at] ?? 0, args[at + 1] ?? 0);
}

/** The letters that guard a function against nonsense. */
function is(args: Uint8Array, letters: string): boolean {
  return Buffer.from(args.subarray(2, 2 + letters.length)).toString('latin1') === letters;
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

/** All pictures at once; those that were there before are gone. Numbers begin at 1. */
function defineNvPictures(device: Device, args: Uint8Array, size: number): void {
  const memory = device.nv.bitImages;
  memory.clear();
  for (let picture = 1, at = 1; picture <= (args[0] ?? 0) && at < size; picture++) {
    const widthDots = word(args, at) * 8;
    const bytesHigh = word(args, at + 2);
    const end = at + 4 + widthDots * bytesHigh;
    if (end > size || widthDots > 65_535 || bytesHigh * 8 > 65_535) break;
    const rows = columnsToRows(args.subarray(at + 4, end), widthDots, bytesHigh);
    if (!memory.set(String(picture), packed({ widthDots, heightDots: bytesHigh * 8, scaleX: 1, scaleY: 1, rows })))
      device.notes.warn(device.from, `FS q: no room for picture ${picture}`);
    at = end;
  }
}
