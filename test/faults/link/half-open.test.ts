import { expect, test } from 'vitest';
import { LineBench } from './bench.js';

test('the way to the host is dead from the 400th byte on, the way to the printer alive', () => {
  const line = new LineBench({ fault: 'link.half-open' });
  line.answer('before').write('x'.repeat(400)).answer('lost').write('more');
  expect([line.terminal.text, line.printer.text]).toEqual(['before', `${'x'.repeat(400)}more`]);
  expect(line.end().answer(' after').terminal.text).toBe('before after');
});

test('the way to the printer: the terminal does not feel that its bytes are lost, and nothing of them comes later', () => {
  const line = new LineBench({ fault: 'link.half-open', direction: 'to-printer', when: 'now' });
  line.write('lost').answer('alive');
  expect([line.printer.text, line.terminal.text, line.pendingBytes]).toEqual(['', 'alive', 0]);
  expect(line.end().write('new').printer.text).toBe('new');
});
