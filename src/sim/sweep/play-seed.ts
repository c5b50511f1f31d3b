import type { Fixture } from '../../fixture/language/fixture.js';
import type { FixtureOutcome, FixtureRun } from '../../fixture/result.js';
import { deviceOf, playVirtual } from '../../fixture/run.js';
import type { PreparedDevice } from '../../world/simulated.js';
import { failureOf, type RunFailure } from '../failure.js';
import type { Coverage } from '../graph/coverage.js';
import { plannedOf } from '../planned-of.js';
import { drawFixture } from './draw.js';
import { MarkBook } from './marks/book.js';
import type { SweepProfile } from './profile.js';
import { Trace } from './trace.js';
import { withoutChance } from './traps.js';

/** More events of the clock than a run of a day of storms has: about a hundred times as many as a usual one. */
const EVENTS_MAX = 5_000_000;

/** What became of one run. Plain data, so that it can come from another thread. */
export interface SeedResult {
  readonly seed: number;
  readonly device: string;
  readonly outcome: FixtureOutcome;
  /** Why it was skipped: a sweep draws nothing that is not possible, so that this is a mistake of the sweep. */
  readonly skipped?: string;
  readonly failure?: RunFailure;
  readonly sales: number;
  readonly virtualMs: number;
  /** Records of the journal. */
  readonly records: number;
  /** Names of the faults that struck, as often as they were in and did. */
  readonly faults: readonly string[];
  /** What was seen of what must be seen sometimes, each once. */
  readonly marks: readonly string[];
  /** SHA-256 in hex over all that happened. */
  readonly hash: string;
}

/** A run with what was taken down of it, record by record; only who compares runs wants that. */
export interface PlayedFixture {
  readonly run: FixtureRun;
  readonly result: SeedResult;
  readonly lines: readonly string[];
  /** What the terminal's machine did. */
  readonly coverage: Coverage;
}

/** The run of a seed, carried out. */
export async function playSeed(seed: number, profile: SweepProfile): Promise<SeedResult> {
  const fixture = drawFixture(seed, profile);
  return playFixture(fixture, await deviceOf(fixture.device)).result;
}

/** A fixture of a sweep, carried out, synchronously and out of reach of Node's own chance and time. */
export function playFixture(fixture: Fixture, device: PreparedDevice): PlayedFixture {
  return withoutChance(() => {
    const trace = new Trace();
    const marks = new MarkBook();
    let faults: string[] = [];
    const run = playVirtual(plannedOf(fixture, `seed ${fixture.seed}`), device, {
      timeline: false,
      eventsMax: EVENTS_MAX,
      opened({ world }) {
        trace.watch(world);
        marks.watch(world);
      },
      closing(simulation, recorder) {
        faults = recorder.faults.filter(({ view }) => view.struckAtMs !== undefined).map(({ view }) => view.fault);
        trace.close(simulation, recorder);
      },
    });
    trace.ended(run);
    marks.ended(run, faults);
    const failure = failureOf(run);
    const result: SeedResult = {
      seed: fixture.seed,
      device: fixture.device,
      outcome: run.outcome,
      ...(run.outcome === 'skipped' ? { skipped: run.reason ?? '' } : {}),
      ...(failure === undefined ? {} : { failure }),
      sales: run.sales.length,
      virtualMs: run.worldMs,
      records: trace.records,
      faults,
      marks: marks.seen,
      hash: trace.hash,
    };
    return { run, result, lines: trace.lines, coverage: marks.coverage };
  });
}
