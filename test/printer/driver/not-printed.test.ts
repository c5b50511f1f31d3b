import { describe, expect, test } from 'vitest';
import { bench } from '../bench-world.js';
import { NARROW, WIDE } from '../profiles.js';

/** Four answers to `DLE EOT`, and the word for them. */
const FAULTS = [
  ['paper-out', [0x1a, 0x32, 0x12, 0x72]],
  ['cover-open', [0x1a, 0x16, 0x12, 0x12]],
  ['mechanical-error', [0x1a, 0x52, 0x16, 0x12]],
  ['cutter-error', [0x1a, 0x52, 0x1a, 0x12]],
  ['overheat', [0x1a, 0x52, 0x52, 0x12]],
  ['unrecoverable-error', [0x1a, 0x52, 0x32, 0x12]],
  ['offline', [0x1a, 0x12, 0x12, 0x12]],
] as const;

describe('nothing is printed, and not one byte of the ticket is sent,', () => {
  test.each(FAULTS)('when the printer says %s', async (reason, answers) => {
    const { print, printer } = await bench({}, undefined, (p) => p.fault([...answers], [0, 0, 0, 0]));
    expect(print()).toEqual({ outcome: 'not-printed', blocks: 4, reason });
    expect(printer.heard).not.toContain('LINE');
  });

  test('when there is no printer at the other end', async () => {
    const { print, clock } = await bench({}, undefined, (p) => {
      p.plugged = false;
    });
    const startMs = clock.now();
    expect(print()).toEqual({ outcome: 'not-printed', blocks: 4, reason: 'link-lost' });
    expect(clock.now() - startMs).toBe(1_500);
  });

  test('when the printer says nothing', async () => {
    const { print, printer, clock } = await bench({}, undefined, (p) => {
      p.script.mute = true;
    });
    clock.advance(5_000);
    const startMs = clock.now();
    expect(print()).toEqual({ outcome: 'not-printed', blocks: 4, reason: 'no-answer' });
    expect(clock.now() - startMs).toBeLessThanOrEqual(1_501);
    expect(printer.heard).not.toContain('LINE');
  });

  test('when the printer pushes its status and answers no question', async () => {
    const { print } = await bench({}, undefined, (p) => {
      p.script.deafToRealtime = true;
    });
    expect(print()).toEqual({ outcome: 'not-printed', blocks: 4, reason: 'no-answer' });
  });

  test('when the printer asked for a pause, never ends it, and carries nothing out', async () => {
    const { clock, print, printer } = await bench();
    clock.advance(100);
    printer.say(0x13);
    clock.advance(10);
    printer.script.confirmsNothing = true;
    expect(print()).toEqual({ outcome: 'not-printed', blocks: 4, reason: 'stalled' });
    expect(printer.heard).not.toContain('LINE');
  });

  test('when a printer that answered GS r before answers DLE EOT, but GS r no more', async () => {
    const { clock, print, printer } = await bench({}, NARROW);
    clock.advance(1_000);
    printer.script.confirmsNothing = true;
    expect(print()).toEqual({ outcome: 'not-printed', blocks: 4, reason: 'stalled' });
    expect(printer.heard).not.toContain('LINE');
  });
});

describe.each([
  ['GS ( H', WIDE],
  ['GS r', NARROW],
] as const)('a pause that never ends, on a printer proved by %s,', (_, profile) => {
  test('does not keep it from printing for good when it goes on carrying out what it is sent: the XON was lost', async () => {
    const { clock, print, printer, driver } = await bench({}, profile);
    clock.advance(4_000);
    printer.say(0x13);
    clock.advance(10);
    const startMs = clock.now();
    expect(print().outcome).toBe('printed');
    expect(clock.now() - startMs).toBeGreaterThan(10_000); // It was obeyed for as long as a pause may be.
    expect(print().outcome).toBe('printed');
    expect(driver.counters().jobs).toMatchObject({ printed: 2 });
  });
});

describe('a job that could not begin', () => {
  test('is not refused for a fault that passes within 300 ms', async () => {
    const { clock, start, printer, results } = await bench();
    clock.advance(100);
    printer.coverOpen();
    clock.advance(10);
    start();
    clock.advance(200);
    printer.well();
    clock.advance(5_000);
    expect(results[0]?.outcome).toBe('printed');
  });

  test('sends DLE ENQ 2 once for a jam whose cause is gone already, and prints', async () => {
    const { clock, print, printer } = await bench();
    clock.advance(100);
    printer.jam();
    printer.recoverable = true;
    expect(print().outcome).toBe('printed');
  });

  test('gives the printer its full time to answer, though an earlier question was about to go unanswered', async () => {
    const { clock, start, printer, results } = await bench({}, undefined, (p) => {
      p.script.mute = true;
    });
    clock.advance(5_900); // The question of 4.5 s is given up at 6 s.
    start();
    clock.advance(500);
    printer.script.mute = false;
    clock.advance(900);
    expect(results).toEqual([]);
    printer.say(0x12, 0x12, 0x12, 0x12);
    clock.advance(5_000);
    expect(results[0]?.outcome).toBe('printed');
  });

  test('waits a little for a link that comes back', async () => {
    const { clock, start, printer, results } = await bench();
    clock.advance(100);
    printer.unplug();
    start();
    clock.advance(700);
    printer.plug();
    clock.advance(5_000);
    expect(results).toEqual([{ outcome: 'printed', blocks: 4, confirmedBy: 'GS ( H' }]);
    expect(printer.pieces).toHaveLength(2); // Nothing was begun before, so nothing is cut off first.
  });

  test('waits for a pause to end', async () => {
    const { clock, start, printer, results } = await bench();
    clock.advance(100);
    printer.say(0x13);
    start();
    clock.advance(2_000);
    expect(printer.heard).not.toContain('LINE');
    printer.say(0x11);
    clock.advance(5_000);
    expect(results[0]?.outcome).toBe('printed');
  });

  test('leaves the paper clean: the next one begins without clearing and cutting', async () => {
    const { print, printer } = await bench({}, undefined, (p) => p.coverOpen());
    print();
    printer.well();
    expect(print().outcome).toBe('printed');
    expect(printer.pieces).toHaveLength(2);
  });

  test('is not kept for its deadline by a link that flaps and never answers', async () => {
    const { clock, start, printer, results } = await bench();
    start();
    const flap = () => {
      if (printer.plugged) printer.unplug();
      else printer.plug();
      clock.setTimeout(flap, 300);
    };
    printer.script.latencyMs = 400; // No question is answered before the link is gone again.
    flap();
    clock.advance(2_500);
    expect(results).toEqual([{ outcome: 'not-printed', blocks: 4, reason: 'link-lost' }]);
  });
});
