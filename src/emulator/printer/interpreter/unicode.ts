/**
 * How long the UTF-8 character at `at` is, 1 to 4; 0 when its end is not there yet, -1 when no character begins so. Overlong
 * forms and surrogates are no characters (RFC 3629).
 */
export function utf8Length(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 ? 4 : -1;
  if (length < 0 || first > 0xf4) return -1;
  for (let index = 1; index < length; index++) {
    if (at + index >= end) return 0;
    const byte = bytes[at + index] ?? 0;
    const lowest = index > 1 ? 0x80 : first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    const highest = index > 1 ? 0xbf : first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    if (byte < lowest || byte > highest) return -1;
  }
  return length;
}

/** Unicode's East Asian Width W and F, in blocks. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
];

/** Blocks that a Chinese or Japanese font has in full width, and a European one in half width (East Asian Width A). */
const AMBIGUOUS: readonly (readonly [number, number])[] = [
  [0x2010, 0x2027],
  [0x2030, 0x203b],
  [0x2103, 0x2103],
  [0x2160, 0x217b],
  [0x2190, 0x2199],
  [0x2460, 0x24e9],
  [0x2500, 0x254b],
  [0x2550, 0x2573],
  [0x25a0, 0x25ef],
  [0x2605, 0x2642],
];

/** Whether a character takes a full-width cell; `asian`: an Asian font comes before the half-width one (`FS ( C`). */
export function isWide(codePoint: number, asian: boolean): boolean {
  if (codePoint < 0x1100) return false;
  const inside = ([first, last]: readonly [number, number]) => codePoint >= first && codePoint <= last;
  return WIDE.some(inside) || (asian && AMBIGUOUS.some(inside));
}
