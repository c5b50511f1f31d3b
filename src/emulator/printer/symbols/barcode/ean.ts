/** Widths of the four elements of a digit, the same for left (odd) and right; even parity is the reverse. */
const DIGITS = ['3211', '2221', '2122', '1411', '1132', '1231', '1114', '1312', '1213', '3112'] as const;
const REVERSED = DIGITS.map((runs) => [...runs].reverse().join(''));

/** Parity of the left six digits, by the first digit of EAN-13 (GS1 General Specifications, figure 5.2.1.2.1-2). */
const EAN13_PARITY = [
  'OOOOOO',
  'OOEOEE',
  'OOEEOE',
  'OOEEEO',
  'OEOOEE',
  'OEEOOE',
  'OEEEOO',
  'OEOEOE',
  'OEOEEO',
  'OEEOEO',
] as const;

/** Parity of the six digits of UPC-E, by the check digit, for number system 0. */
const UPCE_PARITY = [
  'EEEOOO',
  'EEOEOO',
  'EEOOEO',
  'EEOOOE',
  'EOEEOO',
  'EOOEEO',
  'EOOOEE',
  'EOEOEO',
  'EOEOOE',
  'EOOEOE',
] as const;

const GUARD = '111';
const CENTRE = '11111';

/** The check digit for the digits before it: weights 3 and 1 in turn, from the right. */
export function mod10(digits: string): string {
  let sum = 0;
  for (let at = digits.length - 1, weight = 3; at >= 0; at--, weight = 4 - weight)
    sum += weight * (digits.charCodeAt(at) - 0x30);
  return String((10 - (sum % 10)) % 10);
}

/**
 * Bars and spaces of the complete digits, check digit included; a check digit that is wrong is printed as it is, as
 * printers do ("modular check character is not checked"), which is why no library draws these.
 */
export function ean13Runs(digits: string): string {
  const parity = EAN13_PARITY[Number(digits[0])] ?? '';
  return GUARD + mixed(digits.slice(1, 7), parity) + CENTRE + mixed(digits.slice(7), 'OOOOOO') + GUARD;
}

export function ean8Runs(digits: string): string {
  return GUARD + mixed(digits.slice(0, 4), 'OOOO') + CENTRE + mixed(digits.slice(4), 'OOOO') + GUARD;
}

/** Eight digits: number system 0, six digits, check digit. */
export function upceRuns(digits: string): string {
  return `${GUARD}${mixed(digits.slice(1, 7), UPCE_PARITY[Number(digits[7])] ?? '')}111111`;
}

function mixed(digits: string, parity: string): string {
  let runs = '';
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[at]);
    runs += (parity[at] === 'E' ? REVERSED[digit] : DIGITS[digit]) ?? '';
  }
  return runs;
}

/** Eleven digits of UPC-A, from number system 0, as the six of UPC-E; `undefined` when they have no short form. */
export function zeroSuppressed(upca: string): string | undefined {
  const maker = upca.slice(1, 6);
  const item = upca.slice(6, 11);
  if (/^..[012]00$/.test(maker) && item.startsWith('00')) return maker.slice(0, 2) + item.slice(2) + maker[2];
  if (maker.endsWith('00') && item.startsWith('000')) return `${maker.slice(0, 3)}${item.slice(3)}3`;
  if (maker.endsWith('0') && item.startsWith('0000')) return `${maker.slice(0, 4)}${item[4]}4`;
  if (/^0000[5-9]$/.test(item)) return maker + item[4];
  return undefined;
}

/** The eleven digits of UPC-A, from number system 0, that six of UPC-E stand for: their check digit is the same. */
export function unsuppressed(six: string): string {
  const [a, b, c, d, e, last] = six;
  if (last === '0' || last === '1' || last === '2') return `0${a}${b}${last}0000${c}${d}${e}`;
  if (last === '3') return `0${a}${b}${c}00000${d}${e}`;
  if (last === '4') return `0${a}${b}${c}${d}00000${e}`;
  return `0${a}${b}${c}${d}${e}0000${last}`;
}
