import type { Fixture } from '../../fixture/language/fixture.js';
import { playVirtual } from '../../fixture/run.js';
import type { PreparedDevice } from '../../world/simulated.js';
import { failureOf, type RunFailure } from '../failure.js';
import { plannedOf } from '../planned-of.js';
import { withoutChance } from '../sweep/traps.js';

/** What came of a case. `skipped`: its fault is not possible on this device. */
export type Held = 'held' | 'skipped' | RunFailure;

/**
 * Plays a case, out of reach of Node's own chance and time, and holds it to what must always hold, and to nothing else: it
 * has nothing that expects anything.
 */
export function hold(fixture: Fixture, id: string, device: PreparedDevice): Held {
  try {
    const run = withoutChance(() => playVirtual(plannedOf(fixture, id), device, { timeline: false }));
    return run.outcome === 'skipped' ? 'skipped' : (failureOf(run) ?? 'held');
  } catch (error) {
    return { kind: 'crash', says: String(error instanceof Error ? error.stack : error) };
  }
}
