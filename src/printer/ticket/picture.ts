import { PaperjamError } from '../../base/errors.js';
import type { ImageElement, PrintedSymbol } from './language.js';

/** Some rows of a picture. */
export interface Stripe {
  readonly fromRow: number;
  readonly rows: number;
  /** `rows` rows of `rowBytes` bytes. */
  readonly ink: Uint8Array;
  readonly rowBytes: number;
}

/** The picture in stripes of `stripeRows` rows, the last one shorter. Throws `PJ_TICKET` when it is not one, or too wide. */
export function pictureStripes(element: ImageElement, printableDots: number, stripeRows: number): Stripe[] {
  const rowBytes = Math.ceil(element.widthDots / 8);
  checkPicture(element, rowBytes, printableDots);
  const stripes: Stripe[] = [];
  for (let row = 0; row < element.heightDots; row += stripeRows) {
    const rows = Math.min(stripeRows, element.heightDots - row);
    const ink = element.rows.subarray(row * rowBytes, (row + rows) * rowBytes);
    stripes.push({ fromRow: row + 1, rows, ink, rowBytes });
  }
  return stripes;
}

function checkPicture(element: ImageElement, rowBytes: number, printableDots: number): void {
  const { widthDots, heightDots, rows } = element;
  const whole = Number.isInteger(widthDots) && Number.isInteger(heightDots) && widthDots > 0 && heightDots > 0;
  if (!whole || widthDots > printableDots) {
    throw new PaperjamError('PJ_TICKET', {
      problem: `the picture is ${widthDots} × ${heightDots} dots`,
      allowed: `1 to ${printableDots} dots wide, at least 1 high`,
    });
  }
  if (rows.length !== rowBytes * heightDots) {
    throw new PaperjamError('PJ_TICKET', {
      problem: `the picture has ${rows.length} bytes`,
      allowed: `${rowBytes} bytes for each of its ${heightDots} rows`,
    });
  }
}

/** A part of a picture; whatever is not its first may share a block with what stands before it. */
export function stripe(fromRow: number, bytes: Uint8Array, dots: number): PrintedSymbol {
  const name = `image from row ${fromRow}`;
  return fromRow === 1 ? { name, bytes, dots } : { name, bytes, dots, joins: true };
}

/** A column in the 24 needles of a dot-matrix printer, from which `ESC *` has come down to us. */
export const COLUMN_DOTS = 24;

/** A stripe as columns: three bytes for each, the uppermost dot in the highest bit. Rows that it lacks are white. */
export function columnsOf({ rows, ink, rowBytes }: Stripe, widthDots: number): Uint8Array {
  const columns = new Uint8Array(widthDots * 3);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < widthDots; x++) {
      if (((ink[y * rowBytes + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) === 0) continue;
      const at = x * 3 + (y >> 3);
      columns[at] = (columns[at] ?? 0) | (0x80 >> (y & 7));
    }
  }
  return columns;
}

/** A stripe as rows, with white ones below up to `rows` of them. */
export function paddedRows({ ink, rowBytes }: Stripe, rows: number): Uint8Array {
  const padded = new Uint8Array(rowBytes * rows);
  padded.set(ink);
  return padded;
}
