import { BAND_ROWS } from './composer.js';
import type { Device } from './device.js';
import { croppedRows, isBlank, type StoredPicture } from './pixels.js';

/** Prints a picture band by band. What is wider than the printing area is cut off. */
export function printPicture(device: Device, picture: StoredPicture): void {
  const rowBytes = (picture.widthDots + 7) >> 3;
  const widthDots = Math.min(picture.widthDots, Math.ceil(device.composer.areaDots / picture.scaleX));
  for (let top = 0; top < picture.heightDots; top += BAND_ROWS) {
    const heightDots = Math.min(BAND_ROWS, picture.heightDots - top);
    const source = picture.rows.subarray(top * rowBytes, (top + heightDots) * rowBytes);
    const below = (picture.heightDots - top - heightDots) * picture.scaleY;
    const rows = croppedRows(source, rowBytes, widthDots, heightDots);
    printBand(device, { ...picture, widthDots, heightDots, rows }, below);
  }
}

/** Prints a band of a picture, `belowDots` above its lower edge; a white one only moves the paper. */
export function printBand({ composer, from, to }: Device, picture: StoredPicture, belowDots: number): void {
  const { heightDots, scaleY, rows } = picture;
  if (composer.page === undefined && isBlank(rows)) {
    composer.flush(from);
    composer.print(heightDots * scaleY, to);
  } else composer.band(picture, belowDots, from, to);
}

/** The dots of both, as one picture: the layers of a picture in several colours. */
export function overlaid(lower: StoredPicture, upper: StoredPicture): StoredPicture {
  if (lower.widthDots !== upper.widthDots || lower.heightDots !== upper.heightDots) return upper;
  return { ...upper, rows: upper.rows.map((byte, at) => byte | (lower.rows[at] ?? 0)) };
}

/** A picture as it is kept in a memory: width and height, two bytes each, low first, then its rows. */
export function packed({ widthDots, heightDots, rows }: StoredPicture): Uint8Array {
  const bytes = new Uint8Array(4 + rows.length);
  bytes.set([widthDots & 0xff, widthDots >> 8, heightDots & 0xff, heightDots >> 8]);
  bytes.set(rows, 4);
  return bytes;
}

export function unpacked(bytes: Uint8Array, scaleX: number, scaleY: number): StoredPicture {
  const widthDots = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);
  const heightDots = (bytes[2] ?? 0) | ((bytes[3] ?? 0) << 8);
  return { widthDots, heightDots, scaleX, scaleY, rows: bytes.subarray(4) };
}
