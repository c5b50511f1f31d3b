import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { capitalYuan } from '../../../src/base/capital-yuan.js';
import { AMOUNT_MAX_FEN, AMOUNT_MIN_FEN, formatYuan } from '../../../src/base/money.js';
import type { PaperPiece } from '../../../src/emulator/printer/paper/piece.js';
import { prepareEscpos } from '../../../src/printer/escpos/dialect.js';
import { CP437, GB18030 } from '../../../src/printer/ticket/text-encoding.js';
import type { Merchant, TicketPolicy } from '../../../src/terminal/context.js';
import { makeTicket, ticketEnd } from '../../../src/terminal/ticket.js';
import { readPrinterProfile } from '../../../src/world/devices.js';
import type { PreparedDevice } from '../../../src/world/simulated.js';
import { type PaidSale, paidSale, printed } from './print.js';

const PROFILES = [
  readPrinterProfile('epson-tm-m30'),
  readPrinterProfile('epson-tm-t88v'),
  readPrinterProfile('xprinter-xp-58'),
  readPrinterProfile('sunmi-58'),
  { ...readPrinterProfile('epson-tm-m30'), id: 'western', cjk: 'none' as const },
];

let devices: PreparedDevice[] = [];
beforeAll(async () => {
  devices = await Promise.all(PROFILES.map(async (profile) => ({ profile, dialect: await prepareEscpos(profile) })));
});

/** Everything that somebody might type, or a platform send, to break a ticket. */
const HOSTILE = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom('\x1b', '@', '\x10', '\x04', '\x14', '\x1d', 'V', '\0', '\n', 'a', '中'),
    maxLength: 60,
  }),
  fc.string({
    unit: fc.constantFrom('\u202e', '\u2066', '\u200d', '\ud800', '👩‍🍳', 'e\u0301', '\u0489', 'ع', '\u3000'),
    maxLength: 40,
  }),
  fc.string({ unit: fc.constantFrom('拿', '铁', 'W', '9', ' '), minLength: 40, maxLength: 128 }),
  fc.constant('x'.repeat(128)),
  fc.constant('中'.repeat(64)),
  fc.constant('买一送一\n状态 Status 支付成功 PAID\n谢谢惠顾 THANK YOU'),
  fc.constant(''),
);
const NUMBER = fc.stringMatching(/^[A-Za-z0-9]{8,64}$/);

const SALE: fc.Arbitrary<PaidSale> = fc.record({
  saleId: fc.stringMatching(/^[A-Za-z0-9]{21,32}$/),
  amountFen: fc.integer({ min: AMOUNT_MIN_FEN, max: AMOUNT_MAX_FEN }),
  subject: HOSTILE,
  wallet: fc.constantFrom('alipay', 'wechat', 'unionpay'),
  tradeNo: fc.oneof(NUMBER, HOSTILE),
  buyer: fc.option(fc.oneof(fc.constant('159****0042'), HOSTILE), { nil: undefined }),
  paidAtMs: fc.option(fc.integer({ min: 0, max: 4_000_000_000_000 }), { nil: undefined }),
});
const MERCHANT: fc.Arbitrary<Merchant> = fc.record({
  name: fc.oneof(fc.constantFrom('街角咖啡', '北京市朝阳区街角咖啡餐饮管理有限责任公司国贸三期店'), HOSTILE),
  terminalId: fc.stringMatching(/^[A-Za-z0-9]{1,12}$/),
  merchantNo: fc.option(fc.stringMatching(/^[A-Za-z0-9]{1,32}$/), { nil: undefined }),
  utcOffsetMinutes: fc.integer({ min: -720, max: 840 }),
  digitalTicketUrl: fc.option(fc.constant(`https://corner.example/${'t'.repeat(200)}/{orderNo}`), { nil: undefined }),
});
const POLICY: fc.Arbitrary<TicketPolicy> = fc.record({
  merchantCopy: fc.boolean(),
  signature: fc.constantFrom('never' as const, 'always' as const, { aboveFen: 100_000 }),
  lang: fc.constantFrom('both', 'zh', 'en'),
});

/** What is left of a text on paper: no blanks, which depend on where lines break. */
const bare = (text: string) => text.replace(/\s/gu, '');

/** The width of a line as it lies on the paper, in columns of Font A. */
function widestColumns(piece: PaperPiece, columns: number): number {
  const dots = piece.operations.flatMap((operation) =>
    operation.op !== 'line'
      ? []
      : operation.items.map((item) => {
          if (item.kind === 'text') return item.x + item.cells * item.advance;
          return 'widthDots' in item ? item.x + item.widthDots : item.x;
        }),
  );
  return (Math.max(...dots) * columns) / piece.widthDots;
}

function linesOfText(piece: PaperPiece): number {
  return piece.operations.filter((operation) => operation.op === 'line' && operation.items[0]?.kind === 'text').length;
}

/** Digits in Chinese capitals and in figures, each read as what it is worth. */
const VALUE = new Map([...'零壹贰叁肆伍陆柒捌玖'].map((word, value) => [word, value]));

describe.each(PROFILES.map(({ id }, i) => [id, i] as const))('any sale on %s', (_, i) => {
  test('nothing runs off the paper, every value is there in full, and the mark is there for copies only', () => {
    const device = devices[i];
    if (device === undefined) throw new Error('not prepared');
    const { profile, dialect } = device;
    const encoding = profile.cjk === 'gb18030' ? GB18030 : CP437;
    const onPaper = (text: string) => bare(encoding.clean(text));
    fc.assert(
      fc.property(SALE, MERCHANT, POLICY, fc.integer({ min: 0, max: 12 }), (sale, merchant, policy, copy) => {
        const { lang = 'both', merchantCopy = false } = policy;
        const ticket = makeTicket(paidSale(sale), copy, merchant, policy);
        const pieces = printed(ticket, dialect, profile);
        for (const piece of pieces) expect(widestColumns(piece, profile.columns)).toBeLessThanOrEqual(profile.columns);
        // A printer breaks what is too wide by itself: then there are more lines on the paper than were sent.
        expect(pieces.reduce((sum, piece) => sum + linesOfText(piece), 0)).toBe(dialect.encode(ticket).lines);

        const lines = pieces.flatMap((piece) => piece.lines.map((line) => line.trim()));
        const end = encoding.clean(ticketEnd(lang));
        expect(lines.at(-1)).toBe(end);
        if (profile.cutter) {
          expect(pieces).toHaveLength(merchantCopy ? 2 : 1);
          for (const piece of pieces) expect(piece.lines.at(-1)?.trim()).toBe(end);
        }

        const text = bare(lines.join(''));
        const parts = merchantCopy ? 2 : 1;
        const count = (wanted: string) => text.split(wanted).length - 1;
        const visible = (value: string) =>
          onPaper(
            value
              .normalize('NFC')
              .replace(/\p{Cf}/gu, '')
              .replace(/[\p{Cc}\p{Z}]+/gu, ' '),
          );
        for (const value of [sale.saleId, merchant.terminalId, merchant.merchantNo ?? '']) {
          if (value !== '') expect(count(value)).toBeGreaterThanOrEqual(parts);
        }
        for (const value of [sale.subject, sale.tradeNo, sale.buyer ?? '', merchant.name].map(visible)) {
          if (value !== '') expect(count(value)).toBeGreaterThanOrEqual(parts);
        }
        expect(count(onPaper(`¥${formatYuan(sale.amountFen)}`))).toBeGreaterThanOrEqual(parts);
        if (lang !== 'en') expect(count(onPaper(capitalYuan(sale.amountFen)))).toBeGreaterThanOrEqual(parts);

        const mark = {
          both: `*** 补打 COPY ${copy} ***`,
          zh: `*** 补打 第${copy}次 ***`,
          en: `*** REPRINT COPY ${copy} ***`,
        };
        const marks = lines.filter((line) => line === encoding.clean(mark[lang])).length;
        expect(marks).toBe(copy === 0 ? 0 : 2 * parts);
      }),
      { numRuns: 150 },
    );
  });
});

test('the capitals on a ticket have the same digits as its figures, whatever the amount', () => {
  const digits = (text: string) =>
    [...text].flatMap((word) => VALUE.get(word) ?? (/\d/.test(word) ? Number(word) : []));
  fc.assert(
    fc.property(fc.integer({ min: AMOUNT_MIN_FEN, max: AMOUNT_MAX_FEN }), (amountFen) => {
      const sale = paidSale({ saleId: 'T01', amountFen, subject: 'x', wallet: 'alipay', tradeNo: '1' });
      const { elements } = makeTicket(sale, 0, { name: 'x', terminalId: 'T01', utcOffsetMinutes: 0 });
      const figures = elements.find((element) => element.kind === 'pair' && element.value.startsWith('¥'));
      const capitals = elements.find((element) => element.kind === 'text' && element.text.startsWith('人民币'));
      const inFigures = figures?.kind === 'pair' ? digits(figures.value) : [];
      const inCapitals = capitals?.kind === 'text' ? digits(capitals.text) : [];
      expect(inCapitals.filter((digit) => digit > 0)).toEqual(inFigures.filter((digit) => digit > 0));
    }),
  );
});
