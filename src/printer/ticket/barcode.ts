import { PaperjamError } from '../../base/errors.js';
import type { BarcodeSystem } from '../../ports/ticket.js';
import type { BarcodeElement } from './language.js';

const DEFAULT_MODULE_DOTS = 2;
const DEFAULT_HEIGHT_DOTS = 80;
const MOST_HEIGHT_DOTS = 255;

interface Rule {
  readonly data: RegExp;
  /** For people. */
  readonly allowed: string;
  /** Digits in front of the check digit; absent: the system has none. */
  readonly digits?: number;
}

/** What stands in a symbol of each system. Lengths are bounded, since what is longer fits no receipt. */
const RULES: Readonly<Record<BarcodeSystem, Rule>> = {
  code128: { data: /^[\x20-\x7e]{1,80}$/, allowed: '1 to 80 characters of printable ASCII' },
  code39: { data: /^[0-9A-Z $%+\-./]{1,40}$/, allowed: '1 to 40 of 0-9, A-Z, space and $%+-./' },
  ean13: { data: /^\d{12,13}$/, allowed: '12 digits, or 13 with the check digit', digits: 12 },
  ean8: { data: /^\d{7,8}$/, allowed: '7 digits, or 8 with the check digit', digits: 7 },
  upca: { data: /^\d{11,12}$/, allowed: '11 digits, or 12 with the check digit', digits: 11 },
  itf: { data: /^(\d\d){1,40}$/, allowed: '2 to 80 digits, an even number' },
  codabar: { data: /^[A-D][0-9$+\-./:]{1,40}[A-D]$/, allowed: 'A to D, 1 to 40 of 0-9 and $+-./:, A to D' },
};

/** A bar code that has been looked at. */
export interface CheckedBarcode {
  readonly system: BarcodeSystem;
  /** EAN and UPC: without the check digit, which every printer makes itself. */
  readonly data: string;
  readonly checkDigit: string;
  readonly heightDots: number;
  readonly hri: boolean;
}

export function checkBarcode({ system, data, heightDots, hri = true }: BarcodeElement): CheckedBarcode {
  const { data: pattern, allowed, digits = data.length } = RULES[system];
  if (!pattern.test(data)) {
    throw new PaperjamError('PJ_TICKET', { problem: `the ${system} bar code holds ${JSON.stringify(data)}`, allowed });
  }
  const body = data.slice(0, digits);
  const checkDigit = RULES[system].digits === undefined ? '' : checkDigitOf(body);
  const given = data.slice(digits);
  if (given !== '' && given !== checkDigit) {
    throw new PaperjamError('PJ_TICKET', {
      problem: `the ${system} bar code ${data} has the check digit ${given}`,
      allowed: `${checkDigit}, or none`,
    });
  }
  return { system, data: body, checkDigit, heightDots: between(heightDots, 1, MOST_HEIGHT_DOTS), hri };
}

/** Weights 3 and 1 from the right (GS1 General Specifications, 7.9). */
function checkDigitOf(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) sum += Number(digits.at(-1 - i)) * (i % 2 === 0 ? 3 : 1);
  return String((10 - (sum % 10)) % 10);
}

function between(dots: number | undefined, least: number, most: number): number {
  return Math.max(least, Math.min(Math.trunc(dots ?? 0) || DEFAULT_HEIGHT_DOTS, most));
}

/** The widths of bars that a language offers: of the narrow ones, and of the wide ones of Code 39, ITF and Codabar. */
export interface BarWidths {
  readonly moduleDots: number;
  readonly wideDots: number;
}

/**
 * The widest bars, up to those that are wanted, with which the symbol fits the paper: a printer leaves out, without a word,
 * one that does not. `widths` in ascending order. `codes`: how many Code 128 takes with start and check character, where
 * the encoder chooses its code sets; a printer that chooses them itself is taken to do without set C, so that nothing
 * which passes here can come out too wide.
 */
export function fitBarcode<Widths extends BarWidths>(
  { moduleDots }: BarcodeElement,
  barcode: CheckedBarcode,
  printableDots: number,
  widths: readonly [Widths, ...Widths[]],
  codes = barcode.data.length + 2,
): Widths {
  const wanted = Math.max(DEFAULT_MODULE_DOTS, Math.trunc(moduleDots ?? 0) || DEFAULT_MODULE_DOTS);
  const dotsAt = (bars: BarWidths) => barcodeDots(barcode, bars, codes);
  const fitting = widths.findLast((bars) => bars.moduleDots <= wanted && dotsAt(bars) <= printableDots) ?? widths[0];
  if (dotsAt(fitting) <= printableDots) return fitting;
  throw new PaperjamError('PJ_TICKET', {
    problem: `the ${barcode.system} bar code ${barcode.data} is ${dotsAt(fitting)} dots wide`,
    allowed: `up to ${printableDots} dots`,
  });
}

function barcodeDots({ system, data }: CheckedBarcode, bars: BarWidths, codes: number): number {
  const { moduleDots: narrow, wideDots: wide } = bars;
  const characters = data.length;
  switch (system) {
    case 'ean13':
    case 'upca':
      return 95 * narrow;
    case 'ean8':
      return 67 * narrow;
    case 'code128': // Eleven modules for each code, thirteen for the stop.
      return (11 * codes + 13) * narrow;
    case 'code39': // Three of nine wide and a gap; the two stars too.
      return (characters + 2) * (3 * wide + 7 * narrow);
    case 'itf': // Two of five wide in each digit; start of four narrow, stop of one wide and two narrow.
      return characters * (2 * wide + 3 * narrow) + 6 * narrow + wide;
    case 'codabar': // Two, or three, of seven wide and a gap.
      return characters * (3 * wide + 5 * narrow);
  }
}
