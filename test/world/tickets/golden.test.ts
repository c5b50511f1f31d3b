import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decode } from 'fast-png';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PaperPiece } from '../../../src/emulator/printer/paper/piece.js';
import { toPng } from '../../../src/emulator/printer/paper/png.js';
import { rasterise } from '../../../src/emulator/printer/paper/raster.js';
import { pieceText } from '../../../src/emulator/printer/paper/text.js';
import { openGlyphs } from '../../../src/glyphs/glyphs.js';
import type { Merchant, TicketPolicy } from '../../../src/terminal/context.js';
import { makeTicket } from '../../../src/terminal/ticket.js';
import { type PreparedDevice, prepareDevice } from '../../../src/world/simulated.js';
import { readCodes } from '../../emulator/printer/symbols/read-codes.js';
import { paidSale, printed } from './print.js';

const GOLDEN = fileURLToPath(new URL('golden/', import.meta.url));
/** Draws and writes all of them anew; then look at each. */
const UPDATE = process.env.PAPERJAM_UPDATE === '1';
const glyphs = openGlyphs();

const MERCHANT: Merchant = {
  name: '街角咖啡 Corner Cafe',
  terminalId: 'T01',
  merchantNo: '2088102146225135',
  utcOffsetMinutes: 480,
  digitalTicketUrl: 'https://corner.example/t/{orderNo}',
};
const SALE = paidSale({
  saleId: 'T0120260101080000976204',
  amountFen: 1_280,
  subject: '美式咖啡 Americano',
  wallet: 'alipay',
  tradeNo: '2026010122001423451234567890',
  buyer: '159****0042',
  paidAtMs: 1_767_225_603_000,
});
const WIDTHS = { 80: 'epson-tm-m30', 58: 'xprinter-xp-58' } as const;
const SIGNED: TicketPolicy = { merchantCopy: true, signature: 'always' };

const devices = new Map<string, PreparedDevice>();
beforeAll(async () => {
  for (const name of Object.values(WIDTHS)) devices.set(name, await prepareDevice(name));
});

function print(
  width: keyof typeof WIDTHS,
  copy: number,
  policy: TicketPolicy,
  merchant = MERCHANT,
  sale = SALE,
): PaperPiece[] {
  const device = devices.get(WIDTHS[width]);
  if (device === undefined) throw new Error('not prepared');
  return printed(makeTicket(sale, copy, merchant, policy), device.dialect, device.profile);
}

/** Compares a piece with its picture and its text. */
function expectGolden(name: string, piece: PaperPiece | undefined): void {
  if (piece === undefined) throw new Error(`no paper for ${name}`);
  const png = toPng(rasterise(piece, glyphs));
  const text = pieceText(piece);
  if (UPDATE) {
    mkdirSync(GOLDEN, { recursive: true });
    writeFileSync(`${GOLDEN}${name}.png`, png);
    writeFileSync(`${GOLDEN}${name}.txt`, text);
  }
  expect(text).toBe(readFileSync(`${GOLDEN}${name}.txt`, 'utf8'));
  expect(decode(png)).toEqual(decode(readFileSync(`${GOLDEN}${name}.png`)));
}

test.each([80, 58] as const)(
  'on %i mm paper a phone reads the code: where the digital copy is, or the order number',
  async (width) => {
    const [linked] = print(width, 0, {});
    const [plain] = print(width, 0, {}, { ...MERCHANT, digitalTicketUrl: undefined });
    const read = async (piece: PaperPiece | undefined) =>
      piece === undefined ? [] : readCodes(toPng(rasterise(piece, glyphs), 24)); // A scanner sees the counter around it.
    expect(await read(linked)).toMatchObject([{ format: 'QRCode', text: `https://corner.example/t/${SALE.saleId}` }]);
    expect(await read(plain)).toMatchObject([{ format: 'QRCode', text: SALE.saleId }]);
  },
);

test.each([80, 58] as const)(
  'on %i mm paper long names wrap, long numbers stay whole, and the greatest amount has room',
  (width) => {
    const merchant = { ...MERCHANT, name: '北京市朝阳区街角咖啡餐饮管理有限责任公司国贸三期店 Corner Cafe CBD' };
    const sale = paidSale({
      saleId: 'TERMINAL00012026010108000097620', // 31 characters: the longest that a terminal makes.
      amountFen: 4_999_999,
      subject: '大杯热拿铁少糖加燕麦奶，外带；Sourdough sandwich with smoked salmon and dill',
      wallet: 'wechat',
      tradeNo: '4200002026010112345678901234567890123456',
      buyer: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
      paidAtMs: 1_767_225_603_000,
    });
    expectGolden(`${width}-both-long`, print(width, 0, {}, merchant, sale)[0]);
  },
);

describe.each(['both', 'zh', 'en'] as const)('tickets in %s (PAPERJAM_UPDATE=1 draws them anew)', (lang) => {
  describe('on 80 mm paper, where each copy is cut off', () => {
    test('the copy of the customer', () => {
      const pieces = print(80, 0, { lang });
      expect(pieces).toHaveLength(1);
      expectGolden(`80-${lang}-customer`, pieces[0]);
    });

    test('the copy of the merchant, with room to sign, behind that of the customer, which is the same as ever', () => {
      const pieces = print(80, 0, { ...SIGNED, lang });
      expect(pieces.map(({ cut }) => cut)).toEqual(['partial', 'partial']);
      expectGolden(`80-${lang}-customer`, pieces[0]);
      expectGolden(`80-${lang}-merchant`, pieces[1]);
    });

    test('both again, marked', () => {
      const pieces = print(80, 2, { ...SIGNED, lang });
      expect(pieces).toHaveLength(2);
      expectGolden(`80-${lang}-customer-again`, pieces[0]);
      expectGolden(`80-${lang}-merchant-again`, pieces[1]);
    });
  });

  describe('on 58 mm paper, from a printer without a cutter', () => {
    test('the copy of the customer', () => {
      expectGolden(`58-${lang}-customer`, print(58, 0, { lang })[0]);
    });

    test('both copies, to be torn off one by one', () => {
      const pieces = print(58, 0, { ...SIGNED, lang });
      expect(pieces).toHaveLength(1);
      expectGolden(`58-${lang}-both`, pieces[0]);
    });

    test('both again, marked', () => {
      expectGolden(`58-${lang}-both-again`, print(58, 2, { ...SIGNED, lang })[0]);
    });
  });
});
