/**
 * The commands that the station talks with, as literal bytes, written from the manuals once more: what measures a printer
 * must not share a mistake with what drives it. Sources: Epson's ESC/POS command reference, and the manuals of TM-T88III
 * and TM-U220.
 */

export function join(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return Buffer.concat(parts.map((part) => Uint8Array.from(part)));
}

/** `DLE EOT n`: answered at once by one byte, wherever it stands. */
export const dleEot = (n: 1 | 2 | 3 | 4): Uint8Array => Uint8Array.of(0x10, 0x04, n);
/** All four, each answered in its turn. */
export const DLE_EOT_1_TO_4 = join(dleEot(1), dleEot(2), dleEot(3), dleEot(4));
/** `DLE ENQ 2`: leaves a recoverable error whose cause is gone, with empty buffers. */
export const DLE_ENQ_2 = Uint8Array.of(0x10, 0x05, 2);
/** `DLE DC4 8`: clears the buffers; answered by `37 25 00`, and nothing may be sent before that. */
export const DLE_DC4_8 = Uint8Array.of(0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8);

/** `ESC @`: modes as after switching on. */
export const ESC_INITIALIZE = Uint8Array.of(0x1b, 0x40);
/** `GS a n`: automatic status of online/offline, errors and paper; not of the drawer, which may be anything. */
export const ASB_ON = Uint8Array.of(0x1d, 0x61, 0x0e);
export const ASB_OFF = Uint8Array.of(0x1d, 0x61, 0x00);
/** `GS r n`: 1 paper, 2 drawer; answered when it is reached. */
export const gsR = (n: 1 | 2): Uint8Array => Uint8Array.of(0x1d, 0x72, n);
/** `GS I n`: 1 to 3 answered by a byte, 65 to 69 by `5F … 00`. */
export const gsI = (n: number): Uint8Array => Uint8Array.of(0x1d, 0x49, n);

/**
 * `GS ( H` <Function 48>: answered by `37 22 d1 d2 d3 d4 00` when all before it is printed. The four bytes hold the lower
 * 16 bits of `id` as `@` to `O`, whose bit 4 is never set: so a status that falls between them is told from them.
 */
export function processIdRequest(id: number): Uint8Array {
  return join([0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30], idBytes(id));
}

/** The same four bytes as one number, as they come back. */
export function processIdEcho(id: number): number {
  return idBytes(id).reduce((all, byte) => all * 256 + byte, 0);
}

function idBytes(id: number): number[] {
  return [12, 8, 4, 0].map((shift) => 0x40 | ((id >> shift) & 0x0f));
}

/** `FS &` and `FS .`: full-width characters on and off. */
export const FULL_WIDTH_ON = Uint8Array.of(0x1c, 0x26);
export const FULL_WIDTH_OFF = Uint8Array.of(0x1c, 0x2e);
/** `FS C 1`: Shift JIS, on Japanese models. */
export const SHIFT_JIS = Uint8Array.of(0x1c, 0x43, 1);
/** `ESC t n`. */
export const codePage = (n: number): Uint8Array => Uint8Array.of(0x1b, 0x74, n);
/** `ESC R 0`: no national characters. */
export const NO_NATIONAL_SET = Uint8Array.of(0x1b, 0x52, 0);

/** A line of ASCII. */
export const line = (text: string): Uint8Array => Buffer.from(`${text}\n`, 'latin1');

/** `GS V 66 0`: feeds to the blade, and cuts but for one point. `GS V 65 0`: cuts all of it. */
export const FEED_AND_CUT = Uint8Array.of(0x1d, 0x56, 66, 0);
/** `ESC d n`. */
export const feedLines = (n: number): Uint8Array => Uint8Array.of(0x1b, 0x64, n);

/** `ESC J n`, as often as is needed for so many vertical motion units. */
export function feedUnits(units: number): Uint8Array {
  const commands: number[] = [];
  for (let left = units; left > 0; left -= 254) commands.push(0x1b, 0x4a, Math.min(left, 254));
  return Uint8Array.from(commands);
}

/**
 * `GS v 0`, in stripes that join without a gap, so that no command is longer than `LONGEST_COMMAND_BYTES`. `rows` must
 * not hold 0x10, which could be the beginning of a real-time command.
 */
export function raster(rowBytes: number, rows: Uint8Array): Uint8Array {
  const stripeBytes = Math.floor((LONGEST_COMMAND_BYTES - 8) / rowBytes) * rowBytes;
  const parts: Uint8Array[] = [];
  for (let at = 0; at < rows.length; at += stripeBytes) {
    const stripe = rows.subarray(at, at + stripeBytes);
    const height = stripe.length / rowBytes;
    parts.push(Uint8Array.of(0x1d, 0x76, 0x30, 0, rowBytes & 0xff, rowBytes >> 8, height & 0xff, height >> 8), stripe);
  }
  return join(...parts);
}

/** So many zeros get a printer out of any command of the station that was cut short. A zero prints nothing. */
export const LONGEST_COMMAND_BYTES = 2_048;
