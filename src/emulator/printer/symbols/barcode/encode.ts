import { Remembered } from '../../../../base/remembered.js';
import type { BarcodeItem } from '../../paper/operations.js';
import { bwipRuns } from '../bwip.js';
import { autoCode128, code128Modules, face, rawCodewords, scanCode128 } from './code128.js';
import { mod10, unsuppressed, zeroSuppressed } from './ean.js';
import { gs1Code128, gs1Elements } from './gs1.js';
import type { BarcodeSystem } from './systems.js';
import { wideDots } from './widths.js';

/** A bar code as far as printing has to know it: what to draw later, how wide it is, and what people read. */
export interface EncodedBarcode extends Pick<BarcodeItem, 'symbology' | 'data' | 'text' | 'widthDots'> {
  /** Bars of DataBar are at least this many modules high, whatever `GS h` says. */
  readonly leastModulesHigh?: number;
}

/** Encodes the data of a `GS k`, at `moduleDots` (`GS w`). A string is the reason why it cannot be printed. */
export function encodeBarcode(system: BarcodeSystem, bytes: Uint8Array, moduleDots: number): EncodedBarcode | string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  switch (system.name) {
    case 'UPC-A':
      return digits('ean13', `0${withCheck(text, 11)}`, 1, 95 * moduleDots);
    case 'UPC-E':
      return upce(text, moduleDots);
    case 'EAN-13':
      return digits('ean13', withCheck(text, 12), 0, 95 * moduleDots);
    case 'EAN-8':
      return digits('ean8', withCheck(text, 7), 0, 67 * moduleDots);
    case 'Code 39': {
      const inner = text.replace(/^\*/, '').replace(/\*$/, '');
      if (inner === '') return 'nothing between start and stop';
      return {
        symbology: 'code39',
        data: inner,
        text: `*${inner}*`,
        widthDots: code39Dots(inner.length + 2, moduleDots),
      };
    }
    case 'ITF':
      return { symbology: 'itf', data: text, text, widthDots: itfDots(text.length, moduleDots) };
    case 'Codabar':
      if (!/^[A-D][^A-D]*[A-D]$/i.test(text)) return 'no start and stop character';
      return { symbology: 'codabar', data: text.toUpperCase(), text, widthDots: codabarDots(text, moduleDots) };
    case 'Code 93':
      return { symbology: 'code93', data: text, text: code93Text(bytes), widthDots: code93Modules(bytes) * moduleDots };
    case 'Code 128': {
      const scanned = scanCode128(bytes, 0, bytes.length);
      if (typeof scanned === 'number' || !scanned.complete || scanned.codewords.length < 2)
        return 'wrong code set or character';
      return code128(scanned, moduleDots);
    }
    case 'GS1-128': {
      const encoded = gs1Code128(bytes);
      return encoded === undefined ? 'wrong special character' : code128(encoded, moduleDots);
    }
    case 'Code 128 auto':
      return code128({ codewords: autoCode128([...bytes]), text: [...bytes].map(face).join('') }, moduleDots);
    case 'GS1 DataBar Omnidirectional':
      return dataBar('databaromni', text, 96 * moduleDots, 33);
    case 'GS1 DataBar Truncated':
      return dataBar('databartruncated', text, 96 * moduleDots, 13);
    case 'GS1 DataBar Limited':
      return /^[01]/.test(text)
        ? dataBar('databarlimited', text, 79 * moduleDots, 10)
        : 'it does not begin with 0 or 1';
    case 'GS1 DataBar Expanded':
      return dataBarExpanded(text, moduleDots);
  }
}

/** `hidden`: leading digits that people do not read. */
function digits(symbology: 'ean13' | 'ean8', data: string, hidden: number, widthDots: number): EncodedBarcode {
  return { symbology, data, text: data.slice(hidden), widthDots };
}

function upce(sent: string, moduleDots: number): EncodedBarcode | string {
  if (sent.length > 6 && sent[0] !== '0') return 'the number system is not 0';
  const six = sent.length > 8 ? zeroSuppressed(sent) : sent.length === 6 ? sent : sent.slice(1, 7);
  if (six === undefined) return 'it has no short form';
  const check = sent.length === 8 ? sent[7] : sent.length === 12 ? sent[11] : mod10(unsuppressed(six));
  const data = `0${six}${check}`;
  return { symbology: 'upce', data, text: data, widthDots: 51 * moduleDots };
}

function code39Dots(characters: number, moduleDots: number): number {
  return characters * (6 * moduleDots + 3 * wideDots(moduleDots)) + (characters - 1) * moduleDots;
}

function itfDots(length: number, moduleDots: number): number {
  const wide = wideDots(moduleDots);
  return 4 * moduleDots + length * (3 * moduleDots + 2 * wide) + wide + 2 * moduleDots;
}

function codabarDots(characters: string, moduleDots: number): number {
  const wide = wideDots(moduleDots);
  let dots = (characters.length - 1) * moduleDots;
  for (const character of characters) {
    const wides = /[0-9$-]/.test(character) ? 2 : 3;
    dots += wides * wide + (7 - wides) * moduleDots;
  }
  return dots;
}

function code128(
  { codewords, text }: { readonly codewords: readonly number[]; readonly text: string },
  moduleDots: number,
): EncodedBarcode {
  const widthDots = code128Modules(codewords) * moduleDots;
  return { symbology: 'code128', data: rawCodewords(codewords), text, widthDots };
}

function dataBar(
  symbology: 'databaromni' | 'databartruncated' | 'databarlimited',
  thirteen: string,
  widthDots: number,
  leastModulesHigh: number,
): EncodedBarcode {
  const data = `(01)${thirteen}${mod10(thirteen)}`;
  return { symbology, data, text: data, widthDots, leastModulesHigh };
}

function dataBarExpanded(sent: string, moduleDots: number): EncodedBarcode | string {
  const parsed = gs1Elements(sent);
  const modules = parsed === undefined ? undefined : expandedModules(parsed.elements);
  if (parsed === undefined || modules === undefined) return 'data that GS1 DataBar Expanded cannot hold';
  const { elements: data, text: words } = parsed;
  return { symbology: 'databarexpanded', data, text: words, widthDots: modules * moduleDots, leastModulesHigh: 34 };
}

function withCheck(text: string, length: number): string {
  return text.length === length ? text + mod10(text) : text;
}

/** Letters, digits and seven signs take one symbol character, all others two; start, two check characters, stop, end bar. */
function code93Modules(bytes: Uint8Array): number {
  let characters = 4;
  for (const byte of bytes) characters += /[0-9A-Z .$/+%-]/.test(String.fromCharCode(byte)) ? 1 : 2;
  return characters * 9 + 1;
}

/** Start and stop as □, control characters as ■ and a letter (TM-T88III manual, `GS k`). */
function code93Text(bytes: Uint8Array): string {
  let text = '□';
  for (const byte of bytes) {
    if (byte === 0x7f) text += '■T';
    else if (byte < 0x20) text += `■${byte === 0 ? 'U' : String.fromCharCode(byte <= 26 ? byte + 0x40 : byte + 0x26)}`;
    else text += String.fromCharCode(byte);
  }
  return `${text}□`;
}

const expandedWidths = new Remembered<number | undefined>();

/** Its data is compressed by a dozen methods: only the encoder knows the width. */
function expandedModules(elements: string): number | undefined {
  return expandedWidths.get(elements, () => {
    const runs = bwipRuns({ bcid: 'databarexpanded', text: elements, dontlint: true });
    return runs?.reduce((sum, modules) => sum + modules, 0);
  });
}
