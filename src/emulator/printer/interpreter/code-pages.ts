import iconv from 'iconv-lite';
import { OWN_CODE_PAGES } from './code-page-tables.js';

/** `ESC t n`: Epson's numbers, as iconv-lite calls the encodings. Tables that it does not have are left out. */
const EPSON_CODE_PAGES: Readonly<Record<number, string>> = {
  0: 'cp437',
  1: 'katakana',
  2: 'cp850',
  3: 'cp860',
  4: 'cp863',
  5: 'cp865',
  11: 'cp851',
  13: 'cp857',
  14: 'cp737',
  15: 'iso88597',
  16: 'cp1252',
  17: 'cp866',
  18: 'cp852',
  19: 'cp858',
  21: 'cp874',
  30: 'tcvn',
  31: 'tcvn',
  32: 'cp720',
  33: 'cp775',
  34: 'cp855',
  35: 'cp861',
  36: 'cp862',
  37: 'cp864',
  38: 'cp869',
  39: 'iso88592',
  40: 'iso885915',
  42: 'cp774',
  43: 'cp772',
  44: 'cp1125',
  45: 'cp1250',
  46: 'cp1251',
  47: 'cp1253',
  48: 'cp1254',
  49: 'cp1255',
  50: 'cp1256',
  51: 'cp1257',
  52: 'cp1258',
  53: 'rk1048',
};

/** One character for each byte. */
export type CodePage = readonly string[];

const tables = new Map<string, CodePage>();

/** Table `n` of a printer, `own` being what its profile says of it; `undefined` when nobody knows the table. */
export function codePage(n: number, own: Readonly<Record<string, string>> = {}): CodePage | undefined {
  const encoding = own[n] ?? EPSON_CODE_PAGES[n];
  if (encoding === undefined) return undefined;
  let table = tables.get(encoding);
  if (table === undefined) {
    if (!(encoding in OWN_CODE_PAGES) && !iconv.encodingExists(encoding)) return undefined;
    table = Array.from({ length: 256 }, (_, byte) => decode(byte, encoding));
    tables.set(encoding, table);
  }
  return table;
}

function decode(byte: number, encoding: string): string {
  if (byte < 0x7f) return String.fromCharCode(byte);
  if (byte === 0x7f) return ' '; // No table has a character here; printers leave the cell blank.
  const own = OWN_CODE_PAGES[encoding];
  if (own !== undefined) return own[byte - 0x80] ?? ' ';
  const character = iconv.decode(Buffer.from([byte]), encoding);
  const hole = character === '\ufffd' || (character >= '\u0080' && character <= '\u009f');
  return hole ? ' ' : character; // Printers leave the cell blank.
}

/** `ESC R n`: the twelve places that national sets change, and what they hold in each (Epson's order). */
const NATIONAL_PLACES = '#$@[\\]^`{|}~';
const NATIONAL_SETS: readonly string[] = [
  '#$@[\\]^`{|}~', // USA
  '#$à°ç§^`éùè¨', // France
  '#$§ÄÖÜ^`äöüß', // Germany
  '£$@[\\]^`{|}~', // United Kingdom
  '#$@ÆØÅ^`æøå~', // Denmark I
  '#¤ÉÄÖÅÜéäöåü', // Sweden
  '#$@°\\é^ùàòèì', // Italy
  '₧$@¡Ñ¿^`¨ñ}~', // Spain I
  '#$@[¥]^`{|}~', // Japan
  '#¤ÉÆØÅÜéæøåü', // Norway
  '#$ÉÆØÅÜéæøåü', // Denmark II
  '#$á¡Ñ¿é`íñóú', // Spain II
  '#$á¡Ñ¿éüíñóú', // Latin America
  '#$@[₩]^`{|}~', // Korea
  '#$ŽŠĐĆČžšđćč', // Slovenia, Croatia
  '#¥@[\\]^`{|}~', // China
];

/** The page with the places of national set `n` exchanged; the page itself for an unknown set. */
export function nationalised(page: CodePage, n: number): CodePage {
  const set = NATIONAL_SETS[n];
  if (set === undefined || n === 0) return page;
  const table = [...page];
  for (let place = 0; place < NATIONAL_PLACES.length; place++)
    table[NATIONAL_PLACES.charCodeAt(place)] = set[place] ?? ' ';
  return table;
}
