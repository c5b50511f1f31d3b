import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PrinterProfile } from '../../../src/ports/device.js';
import { Bench, hex } from './bench.js';

type Step = (bench: Bench) => void;

/** What people, hosts and misfortune do, in any order and as often as they like. */
const STEPS: readonly Step[] = [
  ...[true, false].flatMap((on): Step[] => [
    ({ printer }) => printer.site.jam(on),
    ({ printer }) => printer.site.paperOut(on),
    ({ printer }) => printer.site.paperOut(on, 'dot'),
    ({ printer }) => printer.site.paperNearEnd(on),
    ({ printer }) => printer.site.coverOpen(on),
    ({ printer }) => printer.site.cutterJam(on),
    ({ printer }) => printer.site.overheat(on),
    ({ printer }) => printer.site.unrecoverable(on),
    ({ printer }) => printer.site.offline(on),
    ({ printer }) => printer.site.power(on),
    ({ printer }) => printer.site.hang(on),
    ({ printer }) => printer.feedButton(on),
    ({ printer }) => printer.drawerPin(on),
  ]),
  ({ printer }) => printer.site.loadPaper(12),
  ({ printer }) => printer.site.slow(3),
  (bench) => void bench.send('a\nb\nc\n'),
  (bench) => void bench.send('x', hex('1d 56 42 00')),
  (bench) => void bench.send('flood\n'.repeat(60)),
  (bench) => void bench.send(hex('10 05 01')),
  (bench) => void bench.send(hex('10 05 02')),
  (bench) => void bench.send(hex('10 14 08 01 03 14 01 06 02 08')),
  (bench) => void bench.send(hex('10 14 02 01 08')),
  (bench) => void bench.send(hex('1d 3a 6d 0a 1d 3a 1d 5e 03 02 01')),
  (bench) => void bench.clock.advance(20),
  (bench) => void bench.clock.advance(1_000),
];

function mend({ printer }: Bench): void {
  const { site } = printer;
  printer.feedButton(false);
  site.hang(false);
  for (const end of [site.jam, site.paperOut, site.paperNearEnd, site.coverOpen, site.cutterJam]) end(false);
  site.overheat(false);
  site.unrecoverable(false);
  site.offline(false);
  site.slow(1);
  printer.power(false);
  printer.power(true);
}

const PROFILES: readonly Partial<PrinterProfile>[] = [
  {},
  { receiveBufferBytes: 256, flowControl: 'xon/xoff', overrun: 'dropped', paperEndAt: 'dot' },
  { receiveBufferBytes: 256, busyWhen: 'full or offline', flowControl: 'xon/xoff' },
];

test.each(['profile', 'instant'] as const)(
  'whatever befalls it, it comes to rest, and mended and switched on it is as new (%s)',
  (timing) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PROFILES),
        fc.array(fc.nat({ max: STEPS.length - 1 }), { maxLength: 40 }),
        (profile, steps) => {
          const bench = new Bench({ timing, profile });
          for (const step of steps) STEPS[step]?.(bench);
          bench.printer.feedButton(false);
          let events = 0;
          while (bench.clock.step()) expect(++events).toBeLessThan(5_000);
          mend(bench);
          while (bench.clock.step()) expect(++events).toBeLessThan(5_000);
          bench.answers();
          expect(bench.link.isReading).toBe(true);
          expect(['10 04 02', '10 04 03', '10 04 04'].map((ask) => bench.ask(ask))).toEqual(['12', '12', '12']);
          expect(bench.send('new\n').finish().lines.at(-1)).toBe('new');
          expect(bench.clock.pending).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  },
);
