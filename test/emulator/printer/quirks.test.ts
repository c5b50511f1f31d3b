import { describe, expect, test } from 'vitest';
import { Bench, hex, LINE_MS } from './bench.js';

describe('status bytes of a model', () => {
  test('bits of DLE EOT that it never or always sets', () => {
    const bench = new Bench({ profile: { status: { realTime: { 1: { never: 0x60, always: 0x04 } } } } });
    expect(bench.ask('10 04 01')).toBe('16');
    bench.printer.feedButton(true);
    expect(bench.ask('10 04 01 10 04 02')).toBe('1e1a');
  });

  test('bits of Automatic Status Back that it never or always sets; no change in them is told', () => {
    const automaticBits = { never: [0x20, 0, 0x03, 0], always: [0, 0, 0, 0x0f] };
    const bench = new Bench({ profile: { status: { automaticBits } } });
    expect(bench.ask('1d 61 ff')).toBe('1000000f');
    bench.printer.site.paperNearEnd(true);
    expect(bench.answers()).toBe('');
    bench.printer.site.coverOpen(true);
    expect(bench.answers()).toBe('1800000f');
  });

  test.each([
    ['changes', '10000000', '18000c00'],
    ['once', '10000000', ''],
    ['never', '', ''],
  ] as const)('Automatic Status Back: %s', (automatic, onEnabling, onChange) => {
    const bench = new Bench({ profile: { status: { automatic } } });
    expect(bench.ask('1d 61 ff')).toBe(onEnabling);
    bench.printer.site.paperOut(true);
    expect(bench.answers()).toBe(onChange);
  });

  test('GS r and GS I unanswered', () => {
    const bench = new Bench({ profile: { status: { answersQueued: false, answersIdentity: false } } });
    expect(bench.ask('1d 72 01 1d 49 01 1d 49 43 10 04 01')).toBe('12');
  });

  test('DLE EOT unanswered', () => {
    const bench = new Bench({ profile: { status: { answersRealTime: false } } });
    expect(bench.ask('10 04 01 10 04 02 10 04 03 10 04 04 1d 72 01')).toBe('00');
  });
});

describe('DLE DC4', () => {
  const POWER_OFF = '10 14 02 01 08';
  const PULSE = '10 14 01 00 02';

  test('2 says 3B 30 00 and switches the printer off', () => {
    const bench = new Bench();
    bench.send('a\nb\n');
    bench.clock.advance(LINE_MS);
    expect(bench.ask(POWER_OFF)).toBe('3b3000');
    expect(bench.printer.powered).toBe(false);
    expect(bench.ask('10 04 01')).toBe('');
    bench.printer.power(true);
    expect(bench.ask('10 04 01')).toBe('12');
    expect(bench.finish().lines).toEqual(['a', '▔']);
  });

  test('GS ( D switches 1 and 2 off and on, and nothing else', () => {
    const pulses: number[] = [];
    const bench = new Bench({ listener: { pulse: (pin) => pulses.push(pin) } });
    bench.send(hex('1d 28 44 05 00 14 01 00 02 00'), hex(PULSE), hex(POWER_OFF));
    expect([pulses, bench.answers(), bench.printer.powered]).toEqual([[], '', true]);
    expect(bench.ask('10 14 08 01 03 14 01 06 02 08 10 04 01')).toBe('37250012');
    bench.send(hex('1d 28 44 03 00 14 01 31'), hex(PULSE));
    expect(pulses).toEqual([2]);
  });
});

describe('a macro that waits for the feed button', () => {
  const DEFINE = hex('1d 3a 6d 0a 1d 3a'); // "m", LF
  const EXECUTE_TWICE = hex('1d 5e 02 00 01');

  test.each([
    ['a press', (bench: Bench) => bench.printer.feedButton(true)],
    ['DLE ENQ 0', (bench: Bench) => void bench.send(hex('10 05 00'))],
  ])('goes on by %s', (_, press) => {
    const bench = new Bench({ timing: 'instant' });
    bench.send(DEFINE, EXECUTE_TWICE, 'behind\n');
    const before = bench.lines.length;
    expect(bench.lines).not.toContain('behind');
    expect(bench.ask('10 04 01')).toBe('12');
    press(bench);
    expect(bench.lines.length).toBeGreaterThan(before);
  });
});

describe('what the host can set of the mechanism', () => {
  test('ESC c 4: near end stops printing, and says so; ESC @ takes it back', () => {
    const bench = new Bench({ timing: 'instant' });
    bench.send(hex('1b 63 34 02'));
    bench.printer.site.paperNearEnd(true);
    expect(bench.send('held\n').lines).toEqual([]);
    expect(bench.ask('10 04 01 10 04 02 10 04 04')).toBe('1a321e');
    bench.printer.site.paperNearEnd(false);
    expect(bench.lines).toEqual(['held']);
    bench.send(hex('1b 40'));
    bench.printer.site.paperNearEnd(true);
    expect(bench.send('on\n').lines).toEqual(['held', 'on']);
  });

  test('ESC c 5: the feed button is dead, but for a macro that waits for it', () => {
    const bench = new Bench({ timing: 'instant' });
    bench.send(hex('1b 63 35 01'));
    bench.printer.feedButton(true);
    expect(bench.ask('10 04 01')).toBe('12');
    bench.send(hex('1d 3a 6d 0a 1d 3a 1d 5e 02 00 01'));
    const before = bench.lines.length;
    bench.printer.feedButton(true);
    expect(bench.lines.length).toBeGreaterThan(before);
  });
});
