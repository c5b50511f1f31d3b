import { type Printer, transform } from 'receiptline';
import { describe, expect, test } from 'vitest';
import { printed } from './on-paper.js';

/** Receipts in the receiptline language, made into ESC/POS by its own compiler. */
const TICKET = `^^^Corner Cafe
2026-01-01 | T01
---
Latte | 12.80
Mocha | 15.00
---
Total | ^27.80
{code:https://paperjam.example/r/1; option:qrcode,4,m}
=`;

const ticket = (printer: Printer, text = TICKET) =>
  printed(Buffer.from(transform(text, { cpl: 48, cutting: true, ...printer }), 'binary'));

/** Seiko Instruments has commands of its own that begin with DC2: `DC2 q 0` before a cut (whose NUL every printer passes over). */
const FOREIGN: Readonly<Record<string, readonly string[]>> = { sii: ['12'] };

test.each(['escpos', 'epson', 'sii', 'citizen', 'fit', 'generic'] as const)(
  '%s: text, rules, QR code and cut',
  async (command) => {
    const paper = ticket({ command, encoding: 'cp437' });
    expect(paper.unknown.map(({ hex }) => hex)).toEqual(FOREIGN[command] ?? []);
    expect(paper.lines[0]).toBe('Corner Cafe');
    expect(paper.lines[1]).toMatch(/^2026-01-01 +T01$/);
    expect(paper.lines).toContainEqual(expect.stringMatching(/^Latte +12\.80$/));
    expect(paper.lines).toContainEqual(expect.stringMatching(/^Total +27\.80$/));
    expect(paper.cuts).toContain('partial');
    expect(await paper.codes()).toEqual([{ format: 'QRCode', text: 'https://paperjam.example/r/1' }]);
  },
);

describe('in other scripts', () => {
  test.each([
    ['gb18030', 'gb18030', '街角咖啡', '拿铁咖啡'],
    ['cp936', 'gb18030', '街角咖啡', '拿铁咖啡'],
  ] as const)('%s', (encoding, cjk, shop, drink) => {
    const text = TICKET.replace('Corner Cafe', shop).replace('Latte', drink);
    const paper = ticket({ command: 'escpos', encoding }, text);
    expect(paper.bench.printer.condition.coverOpen, cjk).toBe(false);
    expect(paper.unknown).toEqual([]);
    expect(paper.lines[0]).toBe(shop);
    expect(paper.lines).toContainEqual(expect.stringMatching(new RegExp(`^${drink} +12\\.80$`)));
  });

  test.each([
    ['cp866', 'Кафе на углу'],
    ['cp1252', 'Café à l’angle'],
    ['cp852', 'Kavárna na rohu'],
    ['cp858', 'Café 5 €'],
  ] as const)('%s', (encoding, shop) => {
    const paper = ticket({ command: 'escpos', encoding }, TICKET.replace('Corner Cafe', shop));
    expect(paper.unknown).toEqual([]);
    expect(paper.lines[0]).toBe(shop);
  });
});

test('upside down, the last line comes out first', () => {
  const paper = ticket({ command: 'escpos', encoding: 'cp437', upsideDown: true });
  expect(paper.unknown).toEqual([]);
  expect(paper.lines.at(-1)).toContain('Corner Cafe');
});
