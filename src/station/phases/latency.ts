import type { Bench } from '../bench.js';
import { dleEot } from '../escpos.js';
import { answersRealTime, TELLS_NO_STATUS } from '../expected.js';
import { Load } from '../load.js';
import type { Phase } from '../phase.js';
import type { Measurable } from '../results.js';
import { histogram, percentile, rounded } from '../statistics.js';
import type { Work } from '../wait.js';

/** So long an answer may take beyond its time on the wire, and from where on it is slow. */
const MAX_MS = 100;
const SLOW_MS = 50;
const TIMEOUT_MS = 1_000;
/** Answers that are missing one after the other, until it is clear that no more will come. */
const MISSES_MAX = 3;
const GAP_MS = 5;

/** How fast `DLE EOT` is answered: by the idle printer, and while it prints. */
export const latency: Phase = {
  name: 'latency',
  title: 'Real-time latency',
  needs: 'ready',
  limitMs: ({ latency: { samples, loadSamples } }, { profile }) =>
    60_000 + (samples + loadSamples) * 300 + (loadSamples * 50_000) / profile.speedMmPerS,
  *run(bench) {
    const { plan, results, profile } = bench;
    const printed = { name: 'latency.load.printed', title: 'the job meanwhile is printed', limits: { equals: true } };
    if (!answersRealTime(profile)) {
      for (const [name, title] of STATES)
        for (const which of ['p50', 'p99', 'max'] as const)
          results.skip(measurable(name, title, which), TELLS_NO_STATUS);
      results.skip(printed, TELLS_NO_STATUS);
      return;
    }
    const idle = yield* sample(bench, plan.latency.samples, () => bench.wait(GAP_MS));
    report(bench, STATES[0], idle);
    yield* bench.proof();
    const load = new Load(bench);
    const loaded = yield* sample(bench, plan.latency.loadSamples, () => load.goOn());
    report(bench, STATES[1], loaded);
    const ended = yield* load.finish();
    if (ended === 'assumed') results.skip(printed, 'the printer proves nothing that it prints');
    else results.measure(printed, ended === 'printed', ended === 'printed' ? undefined : ended);
  },
};

type State = readonly [name: string, title: string];
const STATES: readonly [idle: State, load: State] = [
  ['idle', 'idle'],
  ['load', 'while it prints'],
];

function measurable(name: string, title: string, which: string): Measurable {
  return { name: `latency.${name}.${which}`, title: `DLE EOT 1 ${title}, ${which}`, unit: 'ms' };
}

interface Samples {
  readonly latencies: readonly number[];
  readonly missing: number;
}

function* sample(bench: Bench, count: number, between: () => Work): Work<Samples> {
  const latencies: number[] = [];
  let missing = 0;
  for (let misses = 0; latencies.length + missing < count && misses < MISSES_MAX; ) {
    yield* between();
    const answer = yield* bench.ask(dleEot(1), 'realtime', TIMEOUT_MS);
    misses = answer === undefined ? misses + 1 : 0;
    if (answer === undefined) missing++;
    else latencies.push(answer.latencyMs);
  }
  return { latencies, missing };
}

function report(bench: Bench, [name, title]: State, { latencies, missing }: Samples): void {
  const wireMs = bench.line.wireMs(dleEot(1).length + 1);
  const limits = { max: wireMs + MAX_MS, marginalMax: wireMs + SLOW_MS };
  const note = missing === 0 ? undefined : `${missing} of ${latencies.length + missing} questions without an answer`;
  const measure = (which: string, p: number, limited: boolean) =>
    bench.results.measure(
      { ...measurable(name, title, which), ...(limited ? { limits } : {}) },
      (which === 'max' && missing > 0 ? undefined : percentile(latencies, p)) ?? 'no answer',
      note,
    );
  measure('p50', 50, true);
  measure('p99', 99, true);
  // One late answer in hundreds is noise of this machine; one that is missing is not.
  measure('max', 100, missing > 0);
  if (latencies.length === 0) return;
  bench.results.chart({
    title: `Answer time ${title}`,
    kind: 'histogram',
    x: { label: 'answer time', unit: 'ms' },
    y: { label: 'answers' },
    points: histogram(latencies),
    marks: [50, 99].map((p) => ({ label: `p${p}`, at: rounded(percentile(latencies, p) ?? 0, 3) })),
  });
}
