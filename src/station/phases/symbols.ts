import type { LineItem } from '../../emulator/printer/paper/operations.js';
import { join, line } from '../escpos.js';
import { printAndLook, type Sight } from '../look.js';
import type { PaperExcerpt } from '../paper-view.js';
import type { Phase } from '../phase.js';

const QR_TEXT = 'https://example.com/t/1';
/** EAN-13 of which the printer works out the last digit. */
const EAN13 = '690123456789';
const CODE39 = 'PAPERJAM';
const CODE128 = 'T0120260101';
/** Less of its ink than this, and a scanner no longer reads it. */
const READABLE_INK = 0.7;

/** `GS ( k` <Function 165>, 167, 169, 180, 181: model 2, module of 5 dots, error correction M, data, print. */
function qr(text: string): Uint8Array {
  const data = Buffer.from(text, 'latin1');
  const stored = data.length + 3;
  return join(
    [0x1d, 0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32, 0],
    [0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x43, 5],
    [0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x45, 0x31],
    [0x1d, 0x28, 0x6b, stored & 0xff, stored >> 8, 0x31, 0x50, 0x30],
    data,
    [0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30],
  );
}

/** `GS k m n d…`. Code 128 chooses its code set by `{B`. */
function barcode(m: number, text: string): Uint8Array {
  return join([0x1d, 0x6b, m, text.length], Buffer.from(text, 'latin1'));
}

/** `GS h 60`, `GS w 2`, `GS H 2`: height, module, digits below. */
const BARCODE_LOOKS = join([0x1d, 0x68, 60], [0x1d, 0x77, 2], [0x1d, 0x48, 2]);

/** A QR code and the usual bar codes. */
export const symbols: Phase = {
  name: 'symbols',
  title: 'Symbols',
  needs: 'ready',
  limitMs: ({ person }) => 60_000 + 4 * person.timeLimitMs,
  *run(bench) {
    const sights: Sight[] = [
      sight('symbols.qr', `QR code ${QR_TEXT}`, (item) => item.kind === 'qr' && item.data === QR_TEXT),
      sight('symbols.ean13', `EAN-13 ${EAN13}`, isBarcode('ean13', EAN13)),
      sight('symbols.code39', `Code 39 ${CODE39}`, isBarcode('code39', CODE39)),
      sight('symbols.code128', `Code 128 ${CODE128}`, isBarcode('code128', CODE128)),
    ];
    yield* printAndLook(bench, {
      bytes: join(
        qr(QR_TEXT),
        line(''),
        BARCODE_LOOKS,
        ...[barcode(67, EAN13), barcode(69, CODE39), barcode(73, `{B${CODE128}`)].flatMap((code) => [code, line('')]),
      ),
      mm: 100,
      name: 'symbols',
      question: `Does a scanner read ${QR_TEXT}, ${EAN13}…, ${CODE39} and ${CODE128} from the paper?`,
      sights,
    });
  },
};

function isBarcode(symbology: string, text: string): (item: LineItem) => boolean {
  return (item) => item.kind === 'barcode' && item.symbology === symbology && item.text.includes(text);
}

function sight(name: string, title: string, is: (item: LineItem) => boolean): Sight {
  return {
    what: { name, title },
    problem(paper: PaperExcerpt) {
      if (!paper.items.some(is)) return 'it is not on the paper';
      const share = paper.inkShare();
      return share >= READABLE_INK ? undefined : `only ${Math.round(share * 100)} % of its ink is on the paper`;
    },
  };
}
