import { expect, test } from 'vitest';
import { bench } from '../bench-world.js';
import { NARROW, WIDE } from '../profiles.js';

const GS_R = '\x1dr\x01';

test('an answer to GS r that comes twice in one go is not taken for that of the next block', async () => {
  const { clock, printer, print, results, start } = await bench({}, NARROW);
  print();
  printer.script.confirmsNothing = true;
  start();
  clock.advance(300);
  expect(printer.heard.endsWith(`LINE 7\r\n${GS_R}`)).toBe(true);
  printer.say(0x00, 0x00);
  clock.advance(10);
  expect(results.slice(1)).toEqual([{ outcome: 'partial', block: 1, blocks: 4, reason: 'no-answer' }]);
});

test('a reply that lost its end does not swallow the answers that come later', async () => {
  const { clock, printer, print, driver } = await bench({}, NARROW);
  clock.advance(4_000);
  printer.say(0x50); // As the first byte of an automatic status: a letter of a name that lost its header.
  clock.advance(1_900);
  expect(print().outcome).toBe('printed');
  expect(driver.counters().faults).toEqual({});
});

test('a proof weaker than promised is looked for anew when the printer stalls: noise was taken for it', async () => {
  const { clock, printer, print, driver } = await bench({}, WIDE, (p) => {
    p.script.confirmsNothing = true; // It knows neither GS ( H nor GS r, and names itself.
  });
  clock.runUntil(() => printer.heard.endsWith(GS_R), 30_000);
  printer.say(0x00);
  clock.advance(100);
  expect(driver.status().proof).toBe('GS r');
  expect(print()).toMatchObject({ outcome: 'not-printed', reason: 'stalled' });
  expect(print()).toMatchObject({ outcome: 'unconfirmed' });
});

test('a printer taken for one that answers nothing is not, once it has answered, if only in part', async () => {
  const { clock, printer, driver, print } = await bench({ blind: 'print' }, WIDE, (p) => {
    p.script.mute = true;
  });
  clock.advance(6_000);
  expect(driver.status()).toMatchObject({ ready: true, proof: 'none' });
  const { length } = printer.heard;
  printer.script.deafToRealtime = true;
  clock.runUntil(() => printer.heard.length > length, 10_000);
  printer.script.mute = false;
  printer.say(0x12); // The first of four answers; the others are lost.
  clock.advance(1_600);
  expect(driver.status().ready).toBe(false);
  printer.script.deafToRealtime = false;
  clock.advance(4_000);
  expect(print()).toMatchObject({ outcome: 'printed', confirmedBy: 'GS ( H' });
});
