import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CP437, GB18030 } from '../../../src/printer/ticket/text-encoding.js';
import { hex } from '../bytes.js';

const chinese = GB18030;
const western = CP437;

describe('text for a printer with Chinese', () => {
  test('is GB18030 in one, two and four bytes', () => {
    expect(chinese.encode('A中')).toEqual(Buffer.from(hex('41 d6d0')));
    expect(chinese.encode('㐀')).toEqual(Buffer.from(hex('81 39 ee 39')));
    expect(chinese.encode('𠀀')).toEqual(Buffer.from(hex('95 32 82 36')));
  });

  test('takes two columns for whatever takes more than one byte', () => {
    expect(chinese.width('A中é㐀𠀀')).toBe(9);
    for (const char of ['A', '中', 'é', '㐀', '𠀀']) {
      expect(chinese.charWidth(char)).toBe(chinese.encode(char).length === 1 ? 1 : 2);
    }
  });

  test('has the yen sign that every Chinese font has', () => {
    expect(chinese.encode(chinese.clean('¥12.80'))).toEqual(Buffer.from(hex('a3a4 31322e3830')));
  });

  test('is as wide as it says: the sum of its characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const clean = chinese.clean(text);
        const sum = [...clean].reduce((columns, char) => columns + (char === '\n' ? 1 : chinese.charWidth(char)), 0);
        expect(chinese.width(clean)).toBe(sum);
      }),
    );
  });
});

describe('text for a printer without Chinese', () => {
  test('is code page 437, one column a character, and what that lacks is a question mark', () => {
    expect(western.encode(western.clean('¥é中😀A'))).toEqual(Buffer.from(hex('9d 82 3f 3f 41')));
    expect(western.width(western.clean('¥é中😀A'))).toBe(5);
    expect(western.encode(western.clean('￥1'))).toEqual(Buffer.from(hex('9d 31')));
  });
});

describe('text that was not meant for a printer', () => {
  test('holds no command for it: ESC, GS, DLE and the like become question marks', () => {
    expect(chinese.clean('a\x1b@b\x1dV\0c\x10\x04\x01d\x7f\x9b')).toBe('a?@b?V?c???d??');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const encoding of [chinese, western]) {
          for (const byte of encoding.encode(encoding.clean(text))) expect(byte >= 0x20 || byte === 0x0a).toBe(true);
        }
      }),
    );
  });

  test('keeps line breaks, and makes tabs and hard spaces spaces', () => {
    expect(chinese.clean('a\r\nb\tc\u00a0d中')).toBe('a\nb c d中');
  });

  test('loses characters that cannot be seen, and half pairs become question marks', () => {
    expect(chinese.clean('中\u200b\ufe0f\ufeff文')).toBe('中文');
    expect(chinese.clean('中\ud840!')).toBe('中?!');
  });
});
