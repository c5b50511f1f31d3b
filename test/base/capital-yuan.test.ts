import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capitalYuan } from '../../src/base/capital-yuan.js';
import { AMOUNT_MAX_FEN } from '../../src/base/money.js';

const MOST_FEN = 99_999_999_999_999;

describe('an amount in Chinese capitals', () => {
  test.each([
    [0, '人民币零元整'],
    [1, '人民币壹分'],
    [10, '人民币壹角整'],
    [23, '人民币贰角叁分'],
    [100, '人民币壹元整'],
    [105, '人民币壹元零伍分'],
    [1_000, '人民币壹拾元整'],
    [1_005, '人民币壹拾元零伍分'],
    [1_050, '人民币壹拾元零伍角整'],
    [1_280, '人民币壹拾贰元捌角整'],
    [1_999, '人民币壹拾玖元玖角玖分'],
    [10_005, '人民币壹佰元零伍分'],
    [10_100, '人民币壹佰零壹元整'],
    [11_000, '人民币壹佰壹拾元整'],
    [100_000, '人民币壹仟元整'],
    [100_150, '人民币壹仟零壹元伍角整'],
    [101_000, '人民币壹仟零壹拾元整'],
    [1_000_000, '人民币壹万元整'],
    [1_001_000, '人民币壹万零壹拾元整'],
    [1_100_000, '人民币壹万壹仟元整'],
    [5_000_000, '人民币伍万元整'],
    [4_999_999, '人民币肆万玖仟玖佰玖拾玖元玖角玖分'],
    [10_000_000, '人民币壹拾万元整'],
    [10_050_000, '人民币壹拾万零伍佰元整'],
    [10_000_001, '人民币壹拾万元零壹分'],
    [1_000_000_000, '人民币壹仟万元整'],
    [10_000_000_000, '人民币壹亿元整'],
    [10_000_000_100, '人民币壹亿零壹元整'],
    [10_001_000_000, '人民币壹亿零壹万元整'],
    [10_000_100_000, '人民币壹亿零壹仟元整'],
    [100_100_000_000, '人民币壹拾亿零壹佰万元整'],
    [110_000_000_000, '人民币壹拾壹亿元整'],
    [MOST_FEN, '人民币玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分'],
  ])('%i fen is %s', (fen, capitals) => {
    expect(capitalYuan(fen)).toBe(capitals);
  });

  test.each([
    [140_950, '人民币壹仟肆佰零玖元伍角'],
    [600_714, '人民币陆仟零柒元壹角肆分'],
    [168_032, '人民币壹仟陆佰捌拾元零叁角贰分'],
    [10_700_053, '人民币壹拾万柒仟元零伍角叁分'],
    [1_640_902, '人民币壹万陆仟肆佰零玖元零贰分'],
    [32_504, '人民币叁佰贰拾伍元零肆分'],
  ])('%i fen is as the regulation itself writes it: %s', (fen, capitals) => {
    expect(capitalYuan(fen)).toBe(capitals.endsWith('角') ? `${capitals}整` : capitals);
  });

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, MOST_FEN + 1])('%d is refused', (fen) => {
    expect(() => capitalYuan(fen)).toThrow(
      `The amount ${fen} fen is not accepted: a whole number of fen, from 0 to 99999999999999.`,
    );
  });

  test('is read back as what it was: every number of yuan that a sale can have, and every fraction up to 1,000 yuan', () => {
    const check = (fen: number) => {
      if (readBack(capitalYuan(fen)) !== fen) expect([fen, capitalYuan(fen)]).toBe('read back');
    };
    for (let yuan = 0; yuan * 100 < AMOUNT_MAX_FEN; yuan++) {
      for (const fraction of [0, 1, 10, 99]) check(yuan * 100 + fraction);
    }
    for (let fen = 0; fen < 100_000; fen++) check(fen);
    check(AMOUNT_MAX_FEN);
  });

  test('is read back as what it was, up to the greatest, and keeps to the rules', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: 0, max: MOST_FEN }), MOSTLY_ZEROS), (fen) => {
        const capitals = capitalYuan(fen);
        expect(readBack(capitals)).toBe(fen);
        expect(capitals).toMatch(/^人民币[零壹贰叁肆伍陆柒捌玖]/);
        expect(capitals).not.toMatch(/零零|零[仟佰拾万亿角分整]/);
        if (fen > 0) expect(capitals).not.toContain('零元');
        expect(capitals.endsWith('分')).toBe(fen % 10 > 0);
        expect(capitals.endsWith('整')).toBe(fen % 10 === 0);
        expect(capitals).not.toMatch(/(?<![壹贰叁肆伍陆柒捌玖])[仟佰拾角分]/); // A place without its digit could be given one.
      }),
      { numRuns: 5_000 },
    );
  });
});

/** Amounts that are hard: digits here and there among zeros. */
const MOSTLY_ZEROS = fc
  .array(fc.constantFrom(0, 0, 0, 0, 1, 9), { minLength: 14, maxLength: 14 })
  .map((digits) => Number(digits.join('')));

const VALUES: Readonly<Record<string, number>> = {
  零: 0,
  壹: 1,
  贰: 2,
  叁: 3,
  肆: 4,
  伍: 5,
  陆: 6,
  柒: 7,
  捌: 8,
  玖: 9,
};
const PLACES: Readonly<Record<string, number>> = { 拾: 10, 佰: 100, 仟: 1_000 };
/** What each of these is worth in fen. */
const UNITS: Readonly<Record<string, number>> = { 分: 1, 角: 10, 元: 100 };

/** Reads capitals from left to right as a person does, by the words' values alone. */
function readBack(capitals: string): number {
  let fen = 0;
  let whole = 0;
  let section = 0;
  let digit = 0;
  for (const word of capitals.replace(/^人民币/, '').replace(/整$/, '')) {
    if (word in VALUES) {
      digit = VALUES[word] ?? 0;
    } else if (word in PLACES) {
      section += digit * (PLACES[word] ?? 0);
      digit = 0;
    } else if (word === '万' || word === '亿') {
      whole += (section + digit) * (word === '万' ? 10_000 : 100_000_000);
      section = 0;
      digit = 0;
    } else if (word in UNITS) {
      fen += (whole + section + digit) * (UNITS[word] ?? 0);
      whole = 0;
      section = 0;
      digit = 0;
    } else {
      return Number.NaN;
    }
  }
  return fen;
}
