import { describe, expect, test } from 'vitest';
import { bench } from '../bench-world.js';
import { linesOf, numbered } from '../tickets.js';

const CLEAR = '\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08';

describe('a job that is called off', () => {
  test('while it waits its turn is not printed; the others are', async () => {
    const { clock, driver, printer } = await bench();
    const told: string[] = [];
    for (const jobId of ['a', 'b', 'c']) {
      driver.print({ jobId, ticket: numbered(3, jobId) }, (result) => {
        told.push(`${jobId} ${result.outcome} ${'reason' in result ? result.reason : ''}`);
      });
    }
    driver.cancel('b');
    expect(told).toEqual([]); // Never from inside.
    clock.advance(10_000);
    expect(told).toEqual(['b not-printed cancelled', 'a printed ', 'c printed ']);
    expect(printer.printed).toEqual([...linesOf(numbered(3, 'a')), ...linesOf(numbered(3, 'c'))]);
  });

  test('before its first byte is not printed, and the paper is clean', async () => {
    const { clock, driver, printer, results, start } = await bench();
    clock.advance(100);
    start();
    driver.cancel('job-1');
    expect(results).toEqual([]);
    clock.advance(5_000);
    expect(results).toEqual([{ outcome: 'not-printed', blocks: 4, reason: 'cancelled' }]);
    expect(printer.heard).not.toContain('LINE');
    start();
    clock.advance(5_000);
    expect(results[1]?.outcome).toBe('printed');
    expect(printer.pieces).toHaveLength(2);
  });

  test('under way is cleared out of the printer: partial, and the next one begins on a new piece', async () => {
    const { clock, driver, printer, print, results, start } = await bench();
    clock.advance(100);
    printer.beforeLine.set(10, () => driver.cancel('job-1'));
    start();
    clock.advance(5_000);
    expect(results).toEqual([{ outcome: 'partial', block: 1, blocks: 4, reason: 'cancelled' }]);
    expect(printer.heard.split(CLEAR)).toHaveLength(3);
    expect(printer.printed.length).toBeLessThan(12);
    expect(print({ ticket: numbered(3, 'NEXT') }).outcome).toBe('printed');
    expect(printer.pieces.at(-2)).toEqual(linesOf(numbered(3, 'NEXT')));
  });

  test('with all of it sent is unknown: it may come out', async () => {
    const { clock, driver, printer, results, start } = await bench();
    clock.advance(100);
    printer.beforeLine.set(24, () => driver.cancel('job-1'));
    start();
    clock.advance(5_000);
    expect(results).toEqual([{ outcome: 'unknown', block: 3, blocks: 4, reason: 'cancelled' }]);
  });

  test('that is over, or never was, is left alone', async () => {
    const { clock, driver, print, results } = await bench();
    print();
    driver.cancel('job-1');
    driver.cancel('nobody');
    clock.advance(10_000);
    expect(results).toHaveLength(1);
    expect(driver.counters().jobs).toEqual({ printed: 1, partial: 0, 'not-printed': 0, unknown: 0, unconfirmed: 0 });
  });

  test('says nothing when the driver is closed before it could', async () => {
    const { clock, driver, results, start } = await bench();
    start();
    start();
    driver.cancel('job-1');
    driver.cancel('job-2');
    driver.close();
    clock.advance(60_000);
    expect(results).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});

describe('the time of a job', () => {
  test('is its own where it says so, from its turn on', async () => {
    const { clock, driver, printer } = await bench();
    clock.advance(100);
    printer.script.lineMs = 400;
    const told: unknown[] = [];
    driver.print({ jobId: 'a', ticket: numbered(5, 'a') }, (result) => told.push(result));
    driver.print({ jobId: 'b', ticket: numbered(25), deadlineMs: 4_000 }, (result) => told.push(result));
    clock.advance(20_000);
    expect(told).toEqual([
      { outcome: 'printed', blocks: 1, confirmedBy: 'GS ( H' },
      { outcome: 'partial', block: 1, blocks: 4, reason: 'stalled' },
    ]);
  });

  test('ends it before its first byte too', async () => {
    const { clock, print, printer } = await bench();
    clock.advance(100);
    printer.say(0x13);
    clock.advance(10);
    const startMs = clock.now();
    expect(print({ deadlineMs: 700 })).toEqual({ outcome: 'not-printed', blocks: 4, reason: 'stalled' });
    expect(clock.now() - startMs).toBeLessThanOrEqual(701);
  });
});
