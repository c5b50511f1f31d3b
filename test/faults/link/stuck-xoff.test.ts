import { expect, test } from 'vitest';
import { LineBench } from './bench.js';

test('from the 400th byte on nothing leaves the terminal, while answers come; cleared, all of it goes on', () => {
  const line = new LineBench({ fault: 'link.stuck-xoff' });
  line.write('x'.repeat(399)).write('ycdef');
  line.clock.advance(60_000);
  line.answer('alive');
  expect(line.printer.text).toBe(`${'x'.repeat(399)}y`);
  expect([line.pendingBytes, line.terminal.text]).toEqual([4, 'alive']);
  expect(line.end().printer.text).toBe(`${'x'.repeat(399)}ycdef`);
  expect(line.pendingBytes).toBe(0);
});

test('it can end by itself', () => {
  const line = new LineBench({ fault: 'link.stuck-xoff', when: 'now', for: 5_000 });
  line.write('waits');
  line.clock.advance(4_999);
  expect(line.printer.text).toBe('');
  line.clock.advance(1);
  expect(line.printer.text).toBe('waits');
});
