import type { TerminalWatcher } from '../../terminal/terminal-ports.js';
import type { World } from '../../world/world.js';
import { keyOfDefinition, LEAF_STATES, START_WAYS, TRANSITIONS } from './transitions.js';

/** How often each state was entered, and each transition taken, by their names; what never was is absent. */
export interface Coverage {
  readonly states: ReadonlyMap<string, number>;
  readonly transitions: ReadonlyMap<string, number>;
}

/**
 * Counts what the terminals of worlds do. Cheap enough for a hundred thousand of them: it counts objects that the machine
 * has anyway, and makes names of them only when asked.
 */
export class CoverageRecorder {
  #boots = 0;
  readonly #taken = new Map<object, number>();
  readonly #starts = new Map<string, number>();

  /** Hears a world from now on, over all its boots; to be called before it starts. The result forgets it. */
  hear(world: Pick<World, 'watch'>): () => void {
    return world.watch(this.watcher);
  }

  readonly watcher: TerminalWatcher = {
    state: (path, from) => {
      if (path === 'boot') this.#boots++;
      if (from === 'boot') count(this.#starts, path);
    },
    transition: (definition) => count(this.#taken, definition),
  };

  /** What was counted up to now. */
  coverage(): Coverage {
    const transitions = new Map<string, number>();
    for (const [definition, times] of this.#taken) count(transitions, keyOfDefinition(definition), times);
    for (const [state, times] of this.#starts) {
      for (const key of START_WAYS.get(state) ?? []) count(transitions, key, times);
    }
    // By what leads into them, since the machine passes some states without staying in them.
    const states = new Map(this.#boots === 0 ? [] : [['boot', this.#boots]]);
    for (const { key, to } of TRANSITIONS) {
      const times = transitions.get(key);
      if (to !== undefined && times !== undefined) count(states, to, times);
    }
    return mergeCoverages([{ states, transitions }]);
  }
}

/** The sum of several, in the machine's own order: the same whatever the order in which they came. */
export function mergeCoverages(coverages: Iterable<Coverage>): Coverage {
  const states = new Map<string, number>();
  const transitions = new Map<string, number>();
  for (const one of coverages) {
    for (const [state, times] of one.states) count(states, state, times);
    for (const [key, times] of one.transitions) count(transitions, key, times);
  }
  return {
    states: inOrder(states, LEAF_STATES),
    transitions: inOrder(
      transitions,
      TRANSITIONS.map(({ key }) => key),
    ),
  };
}

/** Coverage for a message between threads, or a file. */
export interface CoverageCounts {
  readonly states: Readonly<Record<string, number>>;
  readonly transitions: Readonly<Record<string, number>>;
}

export function countsOf({ states, transitions }: Coverage): CoverageCounts {
  return { states: Object.fromEntries(states), transitions: Object.fromEntries(transitions) };
}

export function coverageOf({ states, transitions }: CoverageCounts): Coverage {
  return { states: new Map(Object.entries(states)), transitions: new Map(Object.entries(transitions)) };
}

/** What never was, by name. */
export function neverIn({ states, transitions }: Coverage): { states: string[]; transitions: string[] } {
  return {
    states: LEAF_STATES.filter((state) => (states.get(state) ?? 0) === 0),
    transitions: TRANSITIONS.map(({ key }) => key).filter((key) => (transitions.get(key) ?? 0) === 0),
  };
}

function count<Of>(counts: Map<Of, number>, of: Of, times = 1): void {
  counts.set(of, (counts.get(of) ?? 0) + times);
}

function inOrder(counts: ReadonlyMap<string, number>, order: readonly string[]): Map<string, number> {
  return new Map(order.flatMap((name) => (counts.has(name) ? [[name, counts.get(name) ?? 0] as const] : [])));
}
