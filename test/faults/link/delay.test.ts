import { expect, test } from 'vitest';
import { LineBench } from './bench.js';

test('bytes are late both ways, and nothing is lost', () => {
  const line = new LineBench({ fault: 'link.delay', delayMs: 250 });
  line.write('job').answer('answer');
  line.clock.advance(249);
  expect([line.printer.text, line.terminal.text, line.pendingBytes]).toEqual(['', '', 0]);
  line.clock.advance(1);
  expect([line.printer.text, line.terminal.text]).toEqual(['job', 'answer']);
});

test('with jitter they keep their order, and it is the same with the same seed', () => {
  const arrivals = (seed: number) => {
    const line = new LineBench({ fault: 'link.delay', delayMs: 10, jitterMs: 100, direction: 'to-printer' }, seed);
    const startMs = line.clock.now();
    const times: number[] = [];
    line.printer.after = () => times.push(Math.round(line.clock.now() - startMs));
    for (const letter of 'abcdefghij') line.write(letter);
    line.clock.advance(200);
    expect(line.printer.text).toBe('abcdefghij');
    return times;
  };
  const times = arrivals(1);
  expect(times).toEqual(arrivals(1));
  expect(times).not.toEqual(arrivals(2));
  expect(Math.min(...times)).toBeGreaterThanOrEqual(10);
  expect(Math.max(...times)).toBeLessThanOrEqual(110);
});

test('cleared, what is on its way arrives in front of what comes then', () => {
  const line = new LineBench({ fault: 'link.delay', delayMs: 100 });
  line.write('old').end().write('new');
  expect(line.printer.text).toBe('');
  line.clock.advance(100);
  expect(line.printer.text).toBe('oldnew');
});
