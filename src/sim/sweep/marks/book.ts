import type { FixtureRun } from '../../../fixture/result.js';
import type { JournalRecord } from '../../../terminal/journal/record.js';
import type { World } from '../../../world/world.js';
import { RecoveryWatch } from './recovery.js';

/** Takes down, during one run, what of the things that must be seen sometimes was seen in it. */
export class MarkBook {
  readonly #seen = new Set<string>();
  readonly #recovery = new RecoveryWatch((path) => this.#seen.add(`recovery ${path}`));

  watch(world: World): void {
    world.watch({
      state: (to, from) => {
        this.#seen.add(`state ${to}`);
        // What a machine is at its start it has not come to from anywhere.
        if (from !== 'off') this.#seen.add(`step ${from} > ${to}`);
      },
      record: (record: JournalRecord) => this.#recovery.hear(record),
      sale: ({ payment, ticket }) => {
        this.#seen.add(`payment ${payment}`);
        this.#seen.add(`ticket ${ticket}`);
      },
    });
  }

  /** `faults`: the names of those that began. */
  ended({ sales }: FixtureRun, faults: readonly string[]): void {
    for (const name of faults) this.#seen.add(`fault ${name}`);
    for (const { verdict } of sales) {
      const { cause, also } = verdict;
      for (const { id } of [...(cause === undefined ? [] : [cause]), ...also]) this.#seen.add(`cause ${id}`);
    }
  }

  get seen(): readonly string[] {
    return [...this.#seen];
  }
}
