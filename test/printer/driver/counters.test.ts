import { expect, test } from 'vitest';
import { bench } from '../bench-world.js';
import { numbered } from '../tickets.js';

test('what was confirmed is counted: lines, cuts, millimetres; of a job that stopped, what came before', async () => {
  const { clock, driver, print, printer } = await bench();
  clock.advance(100);
  expect(driver.counters()).toMatchObject({ lines: 0, cuts: 0, paperMm: 0, reconnects: 0, faults: {} });
  print();
  // 25 lines and a feed of 2, of 30 dots at 203 dpi each.
  expect(driver.counters()).toMatchObject({ lines: 25, cuts: 1, paperMm: 101.3 });
  printer.beforeLine.set(40, () => printer.jam()); // In the third block of the second job.
  print();
  expect(driver.counters()).toMatchObject({
    jobs: { printed: 1, partial: 1, 'not-printed': 0, unknown: 0, unconfirmed: 0 },
    lines: 39,
    cuts: 1,
    paperMm: 153.9,
    faults: { 'mechanical-error': 1 },
  });
});

test('each fault is counted when it begins, and each return of the link', async () => {
  const { clock, driver, printer } = await bench();
  clock.advance(100);
  for (let i = 0; i < 3; i++) {
    printer.paperOut();
    clock.advance(3_000);
    printer.well();
    clock.advance(3_000);
  }
  for (let i = 0; i < 2; i++) {
    printer.unplug();
    clock.advance(3_000);
    printer.plug();
    clock.advance(3_000);
  }
  expect(driver.counters()).toMatchObject({ faults: { 'paper-out': 3, 'link-lost': 2 }, reconnects: 2 });
});

test('a stall and a job called off are counted, though no status tells of them', async () => {
  const { clock, driver, print, printer, start } = await bench();
  clock.advance(100);
  start();
  driver.cancel('job-1');
  clock.advance(100);
  printer.script.confirmsNothing = true;
  print();
  expect(driver.counters()).toMatchObject({
    jobs: { 'not-printed': 1, partial: 1 },
    faults: { cancelled: 1, stalled: 1 },
  });
});

test('bytes are counted both ways, those of questions and answers too', async () => {
  const { clock, driver, printer, print } = await bench({ idlePollMs: 0 });
  clock.advance(100);
  // 37 25 00, four answers, an ASB, 5F and a name of eight letters and 00, and a process ID response.
  expect(driver.counters()).toMatchObject({ sentBytes: printer.heard.length, receivedBytes: 3 + 4 + 4 + 10 + 7 });
  print({ ticket: numbered(1) });
  expect(driver.counters().sentBytes).toBe(printer.heard.length);
});
