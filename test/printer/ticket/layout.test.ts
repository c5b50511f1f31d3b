import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pair, wrap } from '../../../src/printer/ticket/layout.js';
import { GB18030 } from '../../../src/printer/ticket/text-encoding.js';

const encoding = GB18030;

describe('wrapping', () => {
  test('leaves alone what fits', () => {
    expect(wrap('x'.repeat(32), 32, encoding)).toEqual(['x'.repeat(32)]);
    expect(wrap('中'.repeat(24), 48, encoding)).toEqual(['中'.repeat(24)]);
    expect(wrap('', 32, encoding)).toEqual(['']);
  });

  test('breaks English between words, and drops the space there', () => {
    expect(wrap('the quick brown fox jumps over it', 32, encoding)).toEqual(['the quick brown fox jumps over', 'it']);
    expect(wrap('aaaa bbbb cccc', 9, encoding)).toEqual(['aaaa bbbb', 'cccc']);
  });

  test('breaks Chinese anywhere, and never inside a character', () => {
    expect(wrap('北京市朝阳区建国路甲九十二号院', 11, encoding)).toEqual(['北京市朝阳', '区建国路甲', '九十二号院']);
  });

  test('breaks a mixed line at the change of script, and keeps the word whole', () => {
    expect(wrap('在Paperjam咖啡馆消费', 16, encoding)).toEqual(['在Paperjam咖啡馆', '消费']);
    expect(wrap('咖啡Paperjam', 10, encoding)).toEqual(['咖啡', 'Paperjam']);
  });

  test('breaks a word that is wider than the paper', () => {
    expect(wrap('2026010122001423451234567890', 12, encoding)).toEqual(['202601012200', '142345123456', '7890']);
  });

  test('begins no line with a closing mark', () => {
    expect(wrap('欢迎再次光临。谢谢', 12, encoding)).toEqual(['欢迎再次光', '临。谢谢']);
  });

  test('keeps the breaks that the text has', () => {
    expect(wrap('one\n\ntwo', 32, encoding)).toEqual(['one', '', 'two']);
  });

  test('keeps spaces that begin a line of their own', () => {
    expect(wrap('  indented text that is too long for it', 20, encoding)[0]).toBe('  indented text that');
  });
});

describe('a label and its value', () => {
  test('stand at both edges, by columns and not by characters', () => {
    expect(pair('金额', '12.80', 32, encoding)).toEqual(['金额                       12.80']);
    expect(pair('Amount', '￥12.80', 48, encoding)).toEqual([`Amount${' '.repeat(35)}￥12.80`]);
    for (const columns of [32, 48]) {
      for (const [label, value] of [
        ['金额', '12.80'],
        ['操作员 Cashier', '小陈 001'],
        ['a', 'b'],
      ] as const) {
        const [line = ''] = pair(label, value, columns, encoding);
        expect(encoding.width(line)).toBe(columns);
      }
    }
  });

  test('stand on two lines when both do not fit, the value still at the right edge', () => {
    expect(pair('平台交易号', '2026010122001423451234567890', 32, encoding)).toEqual([
      '平台交易号',
      '    2026010122001423451234567890',
    ]);
    expect(pair('商户名称', '纸堵咖啡（北京）有限责任公司朝阳门店', 32, encoding)).toEqual([
      '商户名称',
      '纸堵咖啡（北京）有限责任公司朝阳',
      '                            门店',
    ]);
  });

  test('need a space between them', () => {
    expect(pair('12345', '1234', 10, encoding)).toEqual(['12345 1234']);
    expect(pair('12345', '12345', 10, encoding)).toEqual(['12345', '     12345']);
  });

  test('a value alone stands at the right edge', () => {
    expect(pair('', '12.80', 8, encoding)).toEqual(['   12.80']);
  });
});

test('nothing ever runs off the paper, and no character is lost', () => {
  const text = fc.string({ unit: fc.constantFrom('中', '，', 'a', 'Z', '9', ' ', '𠀀', '。', '\n'), maxLength: 120 });
  fc.assert(
    fc.property(text, text, fc.constantFrom(4, 8, 16, 24, 32, 48), (label, value, columns) => {
      const bare = (lines: string) => lines.replace(/[ \n]/g, '');
      for (const line of wrap(value, columns, encoding)) expect(encoding.width(line)).toBeLessThanOrEqual(columns);
      expect(bare(wrap(value, columns, encoding).join(''))).toBe(bare(value));
      for (const line of pair(label, value, columns, encoding)) {
        expect(encoding.width(line)).toBeLessThanOrEqual(columns);
      }
      expect(bare(pair(label, value, columns, encoding).join(''))).toBe(bare(label + value));
    }),
    { numRuns: 500 },
  );
});
