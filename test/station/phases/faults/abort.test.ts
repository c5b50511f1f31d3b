import { describe, expect, test } from 'vitest';
import { FAULT_MEASURES } from '../../../../src/station/fault-names.js';
import type { PaperExcerpt } from '../../../../src/station/paper-view.js';
import { RUN_RECORD } from '../../../../src/station/record.js';
import { virtualRun } from '../../bench.js';
import { printNext } from '../../print-next.js';

/** From the first question to the last line, and in between. */
const MOMENTS_MS = [5, 150, 320, 480, 700, 1_100, 1_700, 2_300, 2_900, 3_600, 6_000];

describe('a run that is stopped in the middle of a fault', () => {
  test.each(Object.keys(FAULT_MEASURES))('%s: takes it out again, and leaves a printer that prints', async (name) => {
    let stopped = 0;
    for (const device of ['epson-tm-t88v', 'xprinter-xp-80', 'gprinter-gp-58']) {
      for (const afterMs of MOMENTS_MS) {
        let active: string[] | undefined;
        let next: PaperExcerpt | undefined;
        const { record } = await virtualRun({
          device,
          plan: { phases: [name] },
          before: (run, { clock }) => void clock.setTimeout(() => run.abort('stopped by SIGINT'), afterMs),
          after: (ground) => {
            active = ground.faults.active().map(({ fault }) => fault);
            next = printNext(ground);
          },
        });
        expect(RUN_RECORD.parse(record)).toEqual(record);
        if (record.phases[0]?.outcome === 'ABORTED') stopped++;
        expect({ device, afterMs, active, next: next?.lines }).toEqual({ device, afterMs, active: [], next: ['NEXT'] });
        expect(next?.items).toMatchObject([{ kind: 'text', style: 0 }]);
      }
    }
    expect(stopped).toBeGreaterThan(10);
  });
});
