import type { PreparedDevice } from '../../world/simulated.js';
import type { DrawnRun } from './draw.js';
import { type Played, play } from './play.js';
import type { Story } from './story.js';

/** For each sale of a run, in order, the faults that took hold of it, by their place in the run. */
export type Held = readonly ReadonlySet<number>[];

/**
 * Which faults took hold of which sale, found by carrying the same run out again without them. What happened to a sale,
 * and would not have happened without any fault, is trouble; a fault took hold if leaving it out takes some trouble away.
 * Trouble that each of several makes by itself, so that leaving out one changes nothing, is laid to all of them.
 */
export function tookHold(run: DrawnRun, device: PreparedDevice, { sales, begun }: Played): Held {
  const known = new Map<string, ReadonlyMap<string, Story>>();
  const without = (faults: readonly number[]): ReadonlyMap<string, Story> => {
    const left = faults.join();
    const stories =
      known.get(left) ?? new Map(play(run, device, new Set(faults)).sales.map(({ name, story }) => [name, story]));
    known.set(left, stories);
    return stories;
  };
  const all = begun.flatMap((is, i) => (is ? [i] : []));
  if (all.length === 0) return sales.map(() => new Set());
  const good = without(begun.map((_, i) => i));
  return sales.map(({ name, story }) => {
    const held = new Set<number>();
    // A sale that nobody had come for goes well if it goes as the first one does.
    const ideal = good.get(name) ?? [...good.values()][0];
    let trouble = [...story].filter((thing) => ideal?.has(thing) !== true);
    for (let together = 1; together < all.length; together++) {
      for (const group of groups(all, together)) {
        if (trouble.length === 0) return held;
        const rest = without(group).get(name);
        const gone = trouble.filter((thing) => rest?.has(thing) !== true);
        if (gone.length > 0) for (const fault of group) held.add(fault);
      }
      trouble = trouble.filter((thing) =>
        groups(all, together).every((group) => without(group).get(name)?.has(thing) === true),
      );
    }
    if (trouble.length > 0) for (const fault of all) held.add(fault);
    return held;
  });
}

/** Every choice of so many. */
function groups(all: readonly number[], size: number): number[][] {
  if (size === 0) return [[]];
  return all.flatMap((first, i) => groups(all.slice(i + 1), size - 1).map((rest) => [first, ...rest]));
}
