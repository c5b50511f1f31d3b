import { describe, expect, test } from 'vitest';
import { bench } from '../bench-world.js';
import { NARROW, WIDE } from '../profiles.js';
import type { ScriptedPrinter } from '../scripted-printer.js';

const ASK = '\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04';
const GS_R = '\x1dr\x01';

describe('the search for a proof', () => {
  test.each<[what: string, stop: (printer: ScriptedPrinter) => void, goOn: (printer: ScriptedPrinter) => void]>([
    ['runs out of paper', (printer) => printer.paperOut(), (printer) => printer.well()],
    ['says XOFF', (printer) => printer.say(0x13), (printer) => printer.say(0x11)],
  ])('does not make less of a printer that %s meanwhile: it begins again afterwards', async (_, stop, goOn) => {
    const { clock, driver, printer } = await bench({}, WIDE, ({ script }) => {
      script.confirmsNothing = true;
    });
    clock.advance(100);
    expect(printer.processIds()).toHaveLength(1);
    stop(printer);
    clock.advance(20_000);
    expect(driver.status().proof).toBeUndefined();
    expect(printer.heard).not.toContain(GS_R);
    printer.script.confirmsNothing = false;
    goOn(printer);
    clock.advance(3_000);
    expect(driver.status()).toMatchObject({ ready: true, proof: 'GS ( H' });
  });

  test('never tries what the profile says that the printer does not know: it might print it', async () => {
    const profile = { ...WIDE, status: { answersQueued: false } };
    const { clock, driver, printer } = await bench({}, profile, ({ script }) => {
      script.confirmsNothing = true;
    });
    clock.advance(20_000);
    expect(driver.status().proof).toBe('DLE EOT');
    expect(printer.processIds()).toHaveLength(2);
    expect(printer.heard).not.toContain(GS_R);
  });

  test('ends a question that may have lost a byte by zeros, where the buffer cannot be cleared', async () => {
    const { clock, printer } = await bench({ idlePollMs: 0 }, NARROW, ({ script }) => {
      script.confirmsNothing = true;
    });
    clock.advance(5_000);
    expect(printer.heard).toContain(`${GS_R}${ASK}${'\0'.repeat(1_016)}${GS_R}`);
  });

  test('takes an answer that came too late, while the question was put anew', async () => {
    const { clock, driver, printer } = await bench({}, WIDE, ({ script }) => {
      script.confirmsNothing = true;
    });
    clock.runUntil(() => printer.processIds().length === 2, 10_000);
    printer.say(0x37, 0x22, ...(printer.processIds()[0] ?? []), 0x00);
    clock.advance(10);
    expect(driver.status().proof).toBe('GS ( H');
  });

  test('is given up when the printer falls silent, and the job that waits for it is refused for that', async () => {
    const { clock, start, results, printer } = await bench({}, WIDE, ({ script }) => {
      script.confirmsNothing = true;
    });
    clock.advance(100);
    const startMs = clock.now();
    start();
    clock.advance(20); // It has answered that it is well.
    printer.script.mute = true;
    clock.runUntil(() => results.length > 0);
    expect(results).toEqual([{ outcome: 'not-printed', blocks: 4, reason: 'no-answer' }]);
    expect(clock.now() - startMs).toBeLessThan(5_000);
  });

  test.each([
    ['GS ( H', 'none'],
    ['DLE EOT', 'DLE EOT'],
  ] as const)(
    'of a printer that cannot show that it gets on with its commands, and by its profile proves by %s, ends in %s',
    async (checkpoint, proof) => {
      const status = { answersQueued: false, answersIdentity: false, automatic: 'never' } as const;
      const { clock, driver } = await bench({}, { ...WIDE, checkpoint, status }, ({ script }) => {
        script.confirmsNothing = true;
      });
      clock.advance(20_000);
      expect(driver.status()).toMatchObject({ ready: true, proof });
    },
  );
});
