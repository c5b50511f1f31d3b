import { describe, expect, test } from 'vitest';
import { ChangingLine, columnsOf, fitted, isLive, padded, styleOf } from '../../src/report/terminal-text.js';

const stream = (isTTY: boolean, columns?: number) => ({
  isTTY,
  ...(columns === undefined ? {} : { columns }),
  write() {},
});

describe('a terminal', () => {
  test('is one when it says so, and can write over a line', () => {
    expect(isLive(stream(true), {})).toBe(true);
    expect(isLive(stream(true), { TERM: 'dumb' })).toBe(false);
    expect(isLive(stream(false), {})).toBe(false);
  });

  test('has colours unless somebody wants none, and a width; a pipe has neither', () => {
    expect(styleOf(stream(true, 80), {})).toEqual({ colour: true, columns: 80 });
    expect(styleOf(stream(true, 80), { NO_COLOR: '1' })).toEqual({ colour: false, columns: 80 });
    expect(styleOf(stream(false, 80), {})).toEqual({ colour: false });
  });
});

describe('text', () => {
  test('takes two columns for each Chinese character, and none for an accent', () => {
    expect(['abc', '卡纸', 'e\u0301', '¥12'].map(columnsOf)).toEqual([3, 4, 1, 3]);
    expect(padded('卡纸', 6)).toBe('卡纸  ');
  });

  test('is cut short of the width: a line that fills it would wrap', () => {
    expect(fitted('卡纸卡纸卡纸', 8)).toBe('卡纸卡…');
    expect(fitted('1234567', 8)).toBe('1234567');
    expect(fitted('12345678', 8)).toBe('123456…');
    expect(fitted('12345678', undefined)).toBe('12345678');
  });
});

test('a line that changes is written over, not written twice, and goes when it is taken away', () => {
  let text = '';
  const line = new ChangingLine({ write: (part: string) => (text += part) });
  line.clear();
  line.show('1/3');
  line.show('1/3');
  line.show('2/3');
  line.clear();
  line.clear();
  expect(text).toBe('1/3\r\u001b[2K2/3\r\u001b[2K');
});
