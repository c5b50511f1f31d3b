import type { PrinterProfile } from '../../ports/device.js';
import { whyNot } from '../condition.js';
import { feedUnits } from '../escpos.js';
import { around } from '../judge.js';
import type { Phase } from '../phase.js';
import { percentile, regression, rounded } from '../statistics.js';

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
    results.note(`by feeds in motion units of 1/${unitsPerInch(profile)} inch, as in the profile`);
    const points: [number, number][] = [];
    for (const length of plan.speed.lengthsMm) {
      const units = unitsOf(profile, length);
      const mm = (units * MM_PER_INCH) / unitsPerInch(profile);
      const times: number[] = [];
      while (times.length < plan.speed.repeats && agreed(times) === undefined) {
        const ms = yield* bench.duration(feedUnits(units), (mm / profile.speedMmPerS) * 15_000 + 2_000);
        if (ms === undefined) {
          results.measure(what, 'no confirmation', `a feed of ${length} mm: ${yield* whyNot(bench)}`);
          return;
        }
        times.push(ms);
      }
      points.push([rounded(mm), rounded(agreed(times) ?? percentile(times, 50) ?? 0)]);
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

/** So many times that are this near to each other are taken for true; others were disturbed by this machine. */
const AGREE = 3;
const NEAR_MS = 1.5;
const NEAR_SHARE = 0.015;

/** The middle one of three times that agree, the nearest three if there are more. */
export function agreed(times: readonly number[]): number | undefined {
  const sorted = [...times].sort((a, b) => a - b);
  let best: { readonly spread: number; readonly middle: number } | undefined;
  for (let at = 0; at + AGREE <= sorted.length; at++) {
    const [first = 0, middle = 0, last = 0] = sorted.slice(at, at + AGREE);
    const spread = last - first;
    if (spread <= Math.max(NEAR_MS, NEAR_SHARE * middle) && spread < (best?.spread ?? Number.POSITIVE_INFINITY))
      best = { spread, middle };
  }
  return best?.middle;
}

/** Vertical motion units of so many millimetres; an even number, so that half units of the head make whole dots. */
export function unitsOf(profile: PrinterProfile, mm: number): number {
  return 2 * Math.round((mm * unitsPerInch(profile)) / MM_PER_INCH / 2);
}

function unitsPerInch({ motionUnits, paper }: PrinterProfile): number {
  return motionUnits?.y ?? paper.dpi;
}
