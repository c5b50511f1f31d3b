import type { PrinterProfile } from '../../ports/device.js';
import { whyNot } from '../condition.js';
import { feedUnits } from '../escpos.js';
import { around } from '../judge.js';
import type { Phase } from '../phase.js';
import { regression, rounded } from '../statistics.js';

const MM_PER_INCH = 25.4;

/**
 * How fast the paper moves: feeds of several lengths, each between two checkpoints. The slope of their times has nothing
 * in it of what every feed costs besides.
 */
export const speed: Phase = {
  name: 'speed',
  title: 'Paper speed',
  needs: 'ready',
  limitMs: ({ speed: { lengthsMm, repeats } }, { profile }) =>
    30_000 + (lengthsMm.reduce((sum, mm) => sum + mm, 0) * repeats * 20_000) / profile.speedMmPerS,
  *run(bench) {
    const { results, profile, plan } = bench;
    const what = {
      name: 'speed.feed',
      title: 'paper speed, from feeds between checkpoints',
      unit: 'mm/s',
      limits: around(profile.speedMmPerS, 10, 5),
    };
    if ((yield* bench.proof()) === 'none') {
      results.skip(what, 'the printer proves nothing that it prints, so there are no times to measure by');
      return;
    }
    const points: [number, number][] = [];
    for (const length of plan.speed.lengthsMm) {
      const units = unitsOf(profile, length);
      const mm = (units * MM_PER_INCH) / unitsPerInch(profile);
      const times: number[] = [];
      for (let i = 0; i < plan.speed.repeats; i++) {
        const ms = yield* bench.duration(feedUnits(units), (mm / profile.speedMmPerS) * 15_000 + 2_000);
        if (ms === undefined) {
          results.measure(what, 'no confirmation', `a feed of ${length} mm: ${yield* whyNot(bench)}`);
          return;
        }
        times.push(ms);
      }
      points.push([rounded(mm), rounded(Math.min(...times))]); // What disturbs a measurement makes it longer.
    }
    const slope = regression(points)?.slope ?? 0;
    const { clockKind } = bench.ground;
    if (slope > 0) results.measure(what, 1_000 / slope);
    else results.measure(what, 'no slope', `longer feeds take no longer (${clockKind} clock)`);
    results.chart({
      title: 'Time of a feed by its length',
      kind: 'line',
      x: { label: 'length', unit: 'mm' },
      y: { label: 'time', unit: 'ms' },
      points,
    });
  },
};

/** Vertical motion units of so many millimetres; an even number, so that half units of the head make whole dots. */
export function unitsOf(profile: PrinterProfile, mm: number): number {
  return 2 * Math.round((mm * unitsPerInch(profile)) / MM_PER_INCH / 2);
}

function unitsPerInch({ motionUnits, paper }: PrinterProfile): number {
  return motionUnits?.y ?? paper.dpi;
}
