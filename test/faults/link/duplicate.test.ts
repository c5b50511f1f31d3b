import { expect, test } from 'vitest';
import { LineBench } from './bench.js';

test('every so many bytes one arrives twice', () => {
  const line = new LineBench({ fault: 'link.duplicate', every: 3 });
  expect(line.write('abcd').write('efg').answer('xyz').printer.text).toBe('abccdeffg');
  expect(line.terminal.text).toBe('xyz');
  expect(line.end().write('hij').printer.text).toBe('abccdeffghij');
});

test('one answer, once', () => {
  const line = new LineBench({ fault: 'link.duplicate', direction: 'to-host', every: 1, times: 1 });
  expect(line.answer('\x00').answer('\x00').terminal.text).toBe('\x00\x00\x00');
});
