import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AMOUNT_MAX_FEN, AMOUNT_MIN_FEN, checkAmountFen, formatYuan, parseYuan } from '../../src/base/money.js';

describe('an amount in yuan', () => {
  test.each([
    ['12.80', 1_280],
    ['12.8', 1_280],
    ['12', 1_200],
    ['0.01', 1],
    ['012.80', 1_280],
    [' 12.80 ', 1_280],
    ['50000.00', 5_000_000],
  ])('%j is read as %i fen', (text, fen) => {
    expect(parseYuan(text)).toBe(fen);
  });

  test.each([
    ...['', ' ', '0', '0.00', '-1', '+1', '-0.01', '12.805', '1e9', '1e2', '50000.01', '1000000000', '9'.repeat(400)],
    ...[
      '12,80',
      '12.',
      '.80',
      '1 2',
      '¥12.80',
      '１２',
      '0x10',
      'NaN',
      'Infinity',
      'text',
      '12.80元',
      '12\n.80',
      '\u0000',
    ],
  ])('%j is refused, and the message says why', (text) => {
    expect(() => parseYuan(text)).toThrow(
      `The amount ${JSON.stringify(text)} is not accepted: a decimal number of yuan with at most two digits after the point, from 0.01 to 50000.00.`,
    );
  });

  test('is read back as it was written, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: AMOUNT_MIN_FEN, max: AMOUNT_MAX_FEN }), (fen) => {
        expect(parseYuan(formatYuan(fen))).toBe(fen);
      }),
    );
  });

  test('that is any text is either refused with PJ_AMOUNT or a whole number within the limits', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.stringMatching(/^\d+[.]\d+$/)), (text) => {
        try {
          checkAmountFen(parseYuan(text));
        } catch (error) {
          expect(error).toMatchObject({ code: 'PJ_AMOUNT' });
        }
      }),
    );
  });
});

describe('an amount in fen', () => {
  test.each([AMOUNT_MIN_FEN, 1_280, AMOUNT_MAX_FEN])('%d is accepted', (fen) => {
    expect(() => checkAmountFen(fen)).not.toThrow();
  });

  test.each([0, -1, 0.5, 1_280.5, AMOUNT_MAX_FEN + 1, 1e9, Number.NaN, Number.POSITIVE_INFINITY])(
    '%d is refused with PJ_AMOUNT',
    (fen) => {
      expect(() => checkAmountFen(fen)).toThrow(`The amount ${fen} fen is not accepted`);
    },
  );

  test.each([
    [1, '0.01'],
    [10, '0.10'],
    [1_280, '12.80'],
    [5_000_000, '50000.00'],
  ])('%i is written as %s', (fen, text) => {
    expect(formatYuan(fen)).toBe(text);
  });
});
