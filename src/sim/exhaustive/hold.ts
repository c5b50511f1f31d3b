import type { Fixture } from '../../fixture/language/fixture.js';
import { playVirtual } from '../../fixture/run.js';
import type { PreparedDevice } from '../../world/simulated.js';
import { failureOf, type RunFailure } from '../failure.js';
import { plannedOf } from '../planned-of.js';

/** What came of a case. `skipped`: its fault is not possible on this device. */
export type Held = 'held' | 'skipped' | RunFailure;

/** Plays a case, and holds it to what must always hold, and to nothing else: it has nothing that expects anything. */
export function hold(fixture: Fixture, id: string, device: PreparedDevice): Held {
  const run = playVirtual(plannedOf(fixture, id), device);
  if (run.outcome === 'skipped') return 'skipped';
  return failureOf(run) ?? 'held';
}
