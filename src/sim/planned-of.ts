import type { Fixture } from '../fixture/language/fixture.js';
import type { PlannedRun } from '../fixture/planned.js';

/** A fixture that stands in no file, as a run to be carried out. `id` says in messages where it comes from. */
export function plannedOf(fixture: Fixture, id: string): PlannedRun {
  const { seed, device } = fixture;
  return { id, file: id, fixture, parameters: {}, seed, device, place: () => ({ line: 1, column: 1 }) };
}
