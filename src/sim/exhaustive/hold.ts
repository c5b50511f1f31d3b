import type { Fixture } from '../../fixture/language/fixture.js';
import { playVirtual } from '../../fixture/run.js';
import type { PreparedDevice } from '../../world/simulated.js';
import { failureOf, type RunFailure } from '../failure.js';
import { plannedOf } from '../planned-of.js';
import { withoutChance } from '../sweep/traps.js';

export interface Held {
  /** What came of a case. `skipped`: its fault is not possible on this device. */
  readonly outcome: 'held' | 'skipped' | RunFailure;
  /** Whether every fault that was added began. Where one did not, the case has shown less than its name says. */
  readonly begun: boolean;
}

/**
 * Plays a case, out of reach of Node's own chance and time, and holds it to what must always hold, and to nothing else: it
 * has nothing that expects anything. `added`: how many of the fixture's faults, the last ones, are the case's own.
 */
export function hold(fixture: Fixture, id: string, device: PreparedDevice, added: number): Held {
  let begun = false;
  try {
    const run = withoutChance(() =>
      playVirtual(plannedOf(fixture, id), device, {
        timeline: false,
        closing(_, { faults }) {
          // Those of the fixture itself are put in first, in their order, and before any that a step puts in.
          const own = faults.slice(fixture.faults.length - added, fixture.faults.length);
          begun = own.length === added && own.every(({ view }) => view.begun);
        },
      }),
    );
    return { outcome: run.outcome === 'skipped' ? 'skipped' : (failureOf(run) ?? 'held'), begun };
  } catch (error) {
    return { outcome: { kind: 'crash', says: String(error instanceof Error ? error.stack : error) }, begun };
  }
}
