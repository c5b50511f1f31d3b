import { expect, test } from 'vitest';
import { oneLine } from '../../src/base/one-line.js';

test('what would steer a terminal is a space, and the rest stays', () => {
  expect(oneLine('\x1b[2Jbench 3\r\n\x07打印机\u202e\n')).toBe('[2Jbench 3 打印机');
  expect(oneLine('COPY 2')).toBe('COPY 2');
});

test('what is too long is cut', () => {
  expect(oneLine('a'.repeat(500), 200)).toBe(`${'a'.repeat(200)}…`);
});
