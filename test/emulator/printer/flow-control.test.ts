import { describe, expect, test } from 'vitest';
import { Bench, hex, LINE_MS } from './bench.js';

const LINE = `${'x'.repeat(47)}\n`; // 48 bytes
const XOFF = '13';
const XON = '11';

describe('XON/XOFF', () => {
  const profile = { receiveBufferBytes: 1024, flowControl: 'xon/xoff' } as const;

  test('XOFF with 128 bytes free, XON with 256, each once; the line itself runs on', () => {
    const bench = new Bench({ profile });
    bench.send(LINE.repeat(18));
    expect(bench.answers()).toBe('');
    bench.send(LINE.repeat(2));
    expect(bench.answers()).toBe(XOFF);
    expect(bench.link.isReading).toBe(true);
    bench.send(LINE);
    expect(bench.answers()).toBe('');
    bench.clock.advance(3 * LINE_MS);
    expect(bench.answers()).toBe('');
    bench.clock.advance(LINE_MS);
    expect(bench.answers()).toBe(XON);
    expect(bench.finish().lines).toHaveLength(21);
  });

  test('a host that does not stop is stopped by the line when nothing more fits, and nothing is lost', () => {
    const bench = new Bench({ profile });
    bench.send(LINE.repeat(30));
    expect(bench.link.isReading).toBe(false);
    expect(bench.finish().lines).toHaveLength(30);
    expect(bench.link.isReading).toBe(true);
    expect(bench.printer.counters.droppedBytes).toBe(0);
  });

  test('real-time commands are answered while the host is stopped', () => {
    const bench = new Bench({ profile });
    bench.printer.site.paperOut(true);
    bench.send(LINE.repeat(19));
    expect(bench.ask('10 04 04')).toBe('72');
  });

  test('a host that is told to wait forever: it says XON when it is switched off and on', () => {
    const bench = new Bench({ profile });
    bench.printer.site.coverOpen(true);
    bench.send(LINE.repeat(20));
    expect(bench.answers()).toBe(XOFF);
    bench.printer.power(false);
    bench.printer.power(true);
    expect(bench.answers()).toBe(XON);
  });
});

describe('a model that loses what does not fit', () => {
  test.each(['xon/xoff', 'dtr'] as const)('%s: prints what did, and counts the rest', (flowControl) => {
    const bench = new Bench({ profile: { receiveBufferBytes: 1024, flowControl, overrun: 'dropped' } });
    bench.send(LINE.repeat(30)); // The first line is under way when the buffer fills.
    expect(bench.link.isReading).toBe(true);
    expect(bench.printer.counters.droppedBytes).toBe(29 * 48 - 1024);
    expect(bench.finish().lines.length).toBeLessThan(24);
  });

  test('loses nothing while it keeps up, however much comes at once', () => {
    const bench = new Bench({ timing: 'instant', profile: { receiveBufferBytes: 64, overrun: 'dropped' } });
    bench.send(LINE.repeat(1_000));
    expect(bench.lines).toHaveLength(1_000);
    expect(bench.printer.counters.droppedBytes).toBe(0);
  });

  test('hears real-time commands in what it loses', () => {
    const bench = new Bench({ profile: { receiveBufferBytes: 64, overrun: 'dropped' } });
    bench.printer.site.coverOpen(true);
    bench.send(LINE.repeat(3), hex('10 04 02'));
    expect(bench.answers()).toBe('16');
  });
});

describe('BUSY while offline', () => {
  test('dtr: the line stops when the printer goes offline, and runs when it is back', () => {
    const bench = new Bench({ profile: { busyWhen: 'full or offline' } });
    bench.printer.site.coverOpen(true);
    expect(bench.link.isReading).toBe(false);
    bench.printer.site.coverOpen(false);
    expect(bench.link.isReading).toBe(true);
  });

  test('xon/xoff: XOFF and XON, and what comes all the same is held', () => {
    const bench = new Bench({ profile: { busyWhen: 'full or offline', flowControl: 'xon/xoff' } });
    bench.printer.site.offline(true);
    expect(bench.answers()).toBe(XOFF);
    bench.send('held\n');
    bench.printer.site.offline(false);
    expect(bench.answers()).toBe(XON);
    expect(bench.finish().lines).toEqual(['held']);
  });

  test('XOFF may fall between the bytes of other answers, and XON comes before new ones', () => {
    const bench = new Bench({ profile: { busyWhen: 'full or offline', flowControl: 'xon/xoff' } });
    bench.ask('1d 61 ff');
    bench.printer.site.paperOut(true);
    expect(bench.answers()).toBe(`18000c00${XOFF}`);
    bench.printer.site.paperOut(false);
    expect(bench.answers()).toBe(`10000000${XON}`);
  });
});
