import { expect, test } from 'vitest';
import { LineBench } from './bench.js';

test('every so many bytes a bit is turned over: 0 the lowest', () => {
  const line = new LineBench({ fault: 'link.corrupt', every: 3 });
  expect(line.write('0000').write('00').printer.text).toBe('001001');
  expect(line.end().write('000').printer.text).toBe('001001000');
});

test('any bit, of answers too', () => {
  const line = new LineBench({ fault: 'link.corrupt', direction: 'to-host', bit: 4, every: 2, times: 1 });
  line.answer('\x12\x12').answer('\x12\x12').write('whole');
  expect([line.terminal.text, line.printer.text]).toEqual(['\x12\x02\x12\x12', 'whole']);
});

test('what was written is left as it is', () => {
  const line = new LineBench({ fault: 'link.corrupt', every: 1, bit: 7 });
  expect(line.write('\x01\x81').printer.text).toBe('\x81\x01');
});
