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

  test('waits for an answer as long as the wire takes for what stands before the question', async () => {
    const { clock, driver, printer } = await bench({ answerTimeoutMs: 100 }, { ...NARROW, baud: 1_200 });
    clock.advance(30_000);
    expect(driver.status()).toMatchObject({ ready: true, proof: 'GS r' });
    expect(printer.heard.split(GS_R)).toHaveLength(2);
  });
});
