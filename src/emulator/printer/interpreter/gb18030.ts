/**
 * How long the character at `at` is: 2 or 4, 0 when its end is not there yet, -1 when no character begins so.
 * GB18030-2005: lead 81-FE, then 40-7E or 80-FE; or 30-39, 81-FE, 30-39.
 */
export function gb18030Length(bytes: Uint8Array, at: number, end: number): 2 | 4 | 0 | -1 {
  if (!isLead(bytes[at])) return -1;
  if (at + 1 >= end) return 0;
  const second = bytes[at + 1] ?? 0;
  if (second >= 0x40 && second !== 0x7f && second !== 0xff) return 2;
  if (!isDigit(second)) return -1;
  if (at + 2 >= end) return 0;
  if (!isLead(bytes[at + 2])) return -1;
  if (at + 3 >= end) return 0;
  return isDigit(bytes[at + 3]) ? 4 : -1;
}

function isLead(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x81 && byte <= 0xfe;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
