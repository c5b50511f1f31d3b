import { expect, test } from 'vitest';
import { Bench, hex, LINE_MS } from './bench.js';

const PROCESS_ID = hex('1d 28 48 06 00 30 30 41 42 43 44');

test('GS ( H is answered with its own ID when the line before it is out, and not a moment earlier', () => {
  const bench = new Bench();
  bench.send('金额 12.80\n', PROCESS_ID);
  bench.clock.advance(LINE_MS - 0.01);
  expect(bench.answers()).toBe('');
  bench.clock.advance(0.01);
  expect(bench.answers()).toBe('37224142434400');
});

test('at 200 mm/s ten lines of 3.75 mm take 187.5 ms, then the checkpoint answers', () => {
  const bench = new Bench({ profile: { speedMmPerS: 200 } });
  bench.send('line\n'.repeat(10), PROCESS_ID);
  bench.clock.advance(187.4);
  expect(bench.answers()).toBe('');
  bench.clock.advance(0.2);
  expect(bench.answers()).toBe('37224142434400');
});

test('with nothing before it, it answers at once', () => {
  expect(new Bench().ask('1d 28 48 06 00 30 30 20 7e 30 31')).toBe('3722207e303100');
});

test('GS r 1 behind a line is answered when the line is out: the second-best proof', () => {
  const bench = new Bench({ profile: { checkpoint: 'GS r' } });
  bench.send('a\n', hex('1d 72 01'));
  bench.clock.advance(LINE_MS - 0.01);
  expect(bench.answers()).toBe('');
  bench.clock.advance(0.01);
  expect(bench.answers()).toBe('00');
});

test('a printer without GS ( H takes it and answers nothing', () => {
  const bench = new Bench({ profile: { checkpoint: 'GS r' } });
  expect(bench.send('a', PROCESS_ID, 'b\n').finish().answers()).toBe('');
  expect(bench.lines).toEqual(['ab']);
  expect(bench.printer.warnings).toEqual([{ offset: 1, command: 'GS ( H' }]);
});

test('a checkpoint behind a jam is not answered before the jam is cleared and the line is printed', () => {
  const bench = new Bench();
  bench.printer.site.jam(true);
  bench.send('a\n', PROCESS_ID).finish();
  expect(bench.answers()).toBe('');
  bench.printer.site.jam(false);
  bench.send(hex('10 05 01')).finish();
  expect(bench.answers()).toBe('37224142434400');
});

test('a checkpoint that was cleared away is never answered', () => {
  const bench = new Bench();
  bench.printer.site.paperOut(true);
  bench.send('a\n', PROCESS_ID, hex('10 14 08 01 03 14 01 06 02 08'));
  bench.printer.site.paperOut(false);
  expect(bench.finish().answers()).toBe('372500');
});
