import { expect, test } from 'vitest';
import { LineBench } from './bench.js';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';

test('every so many bytes one is lost, counted over all writes, and the answers are whole', () => {
  const line = new LineBench({ fault: 'link.drop', every: 5 });
  line.write('abcdefg').write('hijkl').answer(ALPHABET);
  expect([line.printer.text, line.terminal.text]).toEqual(['abcdfghikl', ALPHABET]);
  expect(line.end().write('mnopqrst').printer.text).toBe('abcdfghiklmnopqrst');
});

test('one byte, and exactly that one', () => {
  const line = new LineBench({ fault: 'link.drop', when: { byte: 3 }, every: 1, times: 1 });
  expect(line.write('abc').write('def').printer.text).toBe('abcef');
});

test('a hole of some bytes, which begins in one write and ends in the next', () => {
  const line = new LineBench({ fault: 'link.drop', every: 3, bytes: 4, times: 1 });
  expect(line.write('abcd').write('efgh').printer.text).toBe('abgh');
});

test('both ways are counted apart', () => {
  const line = new LineBench({ fault: 'link.drop', direction: 'both', every: 4 });
  line.write('abc').answer('vwxyz').write('defg');
  expect([line.printer.text, line.terminal.text]).toEqual(['abcefg', 'vwxz']);
});

test('by chance, about the share that was said, the same with the same seed and another with another', () => {
  const heard = (seed: number) =>
    new LineBench({ fault: 'link.drop', share: 0.1 }, seed).write(ALPHABET.repeat(100)).printer.text;
  expect(heard(1)).toBe(heard(1));
  expect(heard(1)).not.toBe(heard(2));
  expect(heard(1).length).toBeGreaterThan(2_600 * 0.87);
  expect(heard(1).length).toBeLessThan(2_600 * 0.93);
});

test.each([
  [{ every: 0 }, /at every: .*>=1 \(given: 0\)/],
  [{ share: 1.5 }, /at share: .*<=1 \(given: 1.5\)/],
  [{ direction: 'up' }, /at direction: .*"to-printer"\|"to-host"\|"both".*given: "up"/],
  [{ evry: 3 }, /there is no key evry; did you mean every\?/],
])('%j is refused with the place, the value and what is allowed', (fields, words) => {
  expect(() => new LineBench({ fault: 'link.drop', ...fields })).toThrow(words);
});
