import type { FixtureRun } from '../../../fixture/result.js';
import type { JournalRecord } from '../../../terminal/journal/record.js';
import type { World } from '../../../world/world.js';
import { type Coverage, CoverageRecorder, mergeCoverages } from '../../graph/coverage.js';
import { RecoveryWatch } from './recovery.js';

/** Takes down, during one run, what of the things that must be seen sometimes was seen in it. */
export class MarkBook {
  readonly #seen = new Set<string>();
  readonly #recovery = new RecoveryWatch((path) => this.#seen.add(`recovery ${path}`));

  readonly #machine = new CoverageRecorder();

  /** What the terminal's machine did, when the run is over. */
  coverage: Coverage = mergeCoverages([]);

  watch(world: World): void {
    this.#machine.hear(world);
    world.tills.watch(({ face, payment }) => this.#seen.add(`till ${face} ${payment}`));
    world.watch({
      record: (record: JournalRecord) => this.#recovery.hear(record),
      sale: ({ payment, ticket }) => {
        this.#seen.add(`payment ${payment}`);
        this.#seen.add(`ticket ${ticket}`);
      },
    });
  }

  /** `faults`: the names of those that struck. */
  ended({ sales }: FixtureRun, faults: readonly string[]): void {
    for (const name of faults) this.#seen.add(`fault ${name}`);
    this.coverage = this.#machine.coverage();
    for (const state of this.coverage.states.keys()) this.#seen.add(`state ${state}`);
    for (const key of this.coverage.transitions.keys()) this.#seen.add(`transition ${key}`);
    for (const { verdict } of sales) {
      const { cause, also } = verdict;
      for (const { id } of [...(cause === undefined ? [] : [cause]), ...also]) this.#seen.add(`cause ${id}`);
    }
  }

  get seen(): readonly string[] {
    return [...this.#seen];
  }
}
