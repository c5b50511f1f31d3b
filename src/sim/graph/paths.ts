import type { ActorLogic, ActorSystem, EventObject } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import type { TerminalContext } from '../../terminal/context.js';
import { type Deed, deedText, possibleDeeds } from './deeds.js';
import { begin, step } from './model.js';
import { foregroundOf, HOUSES, type House, type ModelSale, type Situation, stateOf } from './situation.js';
import { LEAF_STATES, TRANSITIONS } from './transitions.js';

/** A shortest way from a boot to something: what happens, and what the machine then is at. */
export interface GraphPath {
  /** The transition that its last step takes. */
  readonly takes: string;
  readonly house: House;
  readonly start: Situation;
  readonly steps: readonly GraphStep[];
}

export interface GraphStep {
  readonly deed: Deed;
  readonly after: Situation;
}

export interface ModelGraph {
  /** One for each transition that can be taken, in the machine's order. */
  readonly paths: readonly GraphPath[];
  /** States and transitions that no shortest path reaches: nothing that can happen to a terminal leads there. */
  readonly unreachable: { readonly states: readonly string[]; readonly transitions: readonly string[] };
  /** How many situations were told apart. */
  readonly situations: number;
}

/**
 * Explores the model in every house, and gives for each transition of the machine a shortest path that takes it. As each
 * state but the first is entered by a transition, there is a path to each state among them.
 */
export function modelGraph(houses: readonly House[] = HOUSES): ModelGraph {
  const best = new Map<string, GraphPath>();
  const states = new Set<string>();
  let situations = 0;
  for (const house of houses) {
    const explored = explore(house);
    situations += explored.situations;
    for (const state of explored.states) states.add(state);
    for (const [key, path] of explored.takers) {
      const known = best.get(key);
      if (known === undefined || path.steps.length < known.steps.length) best.set(key, path);
    }
  }
  for (const { key, to } of TRANSITIONS) if (to !== undefined && best.has(key)) states.add(to);
  return {
    paths: TRANSITIONS.flatMap(({ key }) => best.get(key) ?? []),
    unreachable: {
      states: LEAF_STATES.filter((state) => state !== 'boot' && !states.has(state)),
      transitions: TRANSITIONS.map(({ key }) => key).filter((key) => !best.has(key)),
    },
    situations,
  };
}

type ModelEvent = Deed & EventObject;

interface Taker {
  readonly from: string;
  readonly deed: Deed;
}

function explore(house: House) {
  const takers = new Map<string, Taker[]>();
  const start = begin(house);
  /** Of situations that are alike one is kept. */
  const first = new Map([[keyOfSituation(start), start]]);
  const same = (situation: Situation) => {
    const key = keyOfSituation(situation);
    const known = first.get(key);
    if (known === undefined) first.set(key, situation);
    return known ?? situation;
  };
  const logic: ActorLogic<Situation, ModelEvent, undefined, ActorSystem<never>> = {
    getInitialSnapshot: () => start,
    getPersistedSnapshot: (situation) => situation,
    transition(from, deed) {
      const after = step(from, deed);
      for (const takes of new Set(after.taken)) {
        const known = takers.get(takes) ?? [];
        known.push({ from: keyOfSituation(from), deed });
        takers.set(takes, known);
      }
      return same(after);
    },
  };
  const found = getShortestPaths(logic, {
    events: possibleDeeds,
    serializeState: keyOfSituation,
    serializeEvent: deedText,
  });
  const ways = new Map<string, readonly Deed[]>();
  const states = new Set<string>();
  for (const { state, steps } of found) {
    states.add(stateOf(state));
    ways.set(keyOfSituation(state), steps.map(({ event }) => event).filter(isDeed));
  }
  const shortest = new Map<string, GraphPath>();
  for (const takes of start.taken) shortest.set(takes, { takes, house, start, steps: [] });
  for (const [takes, all] of takers) {
    const path = shortest.get(takes) ?? shortestOf(takes, all, ways, { house, start });
    if (path !== undefined) shortest.set(takes, path);
  }
  return { situations: ways.size, states, takers: shortest };
}

/** XState's steps begin with one that leads to the start. */
function isDeed({ type }: { readonly type: string }): boolean {
  return type !== 'xstate.init';
}

/**
 * The shortest of those ways that take a transition. A way led to a situation like the one from which it was taken; walked
 * from the start it has to take it too, or it is none.
 */
function shortestOf(
  takes: string,
  takers: readonly Taker[],
  ways: ReadonlyMap<string, readonly Deed[]>,
  from: Pick<GraphPath, 'house' | 'start'>,
): GraphPath | undefined {
  const candidates = takers.map(({ from: key, deed }) => [...(ways.get(key) ?? []), deed]);
  for (const deeds of candidates.sort((a, b) => a.length - b.length)) {
    const steps = walked(from.start, deeds);
    if (steps.at(-1)?.after.taken.includes(takes)) return { takes, ...from, steps };
  }
  return undefined;
}

function walked(start: Situation, deeds: readonly Deed[]): GraphStep[] {
  let now = start;
  return deeds.map((deed) => {
    now = step(now, deed);
    return { deed, after: now };
  });
}

/**
 * What of a situation decides what can come next. Counts of ignored codes, times and words do not. So that there is an end
 * to it, of a sale that is not in the foreground only that is told apart which can bring it back, and a terminal that has
 * booted twice is no other one.
 */
function keyOfSituation(situation: Situation): string {
  const known = keys.get(situation);
  if (known !== undefined) return known;
  const key = madeKey(situation);
  keys.set(situation, key);
  return key;
}

const keys = new WeakMap<Situation, string>();

function madeKey(situation: Situation): string {
  const { machine, sales, asked, job } = situation;
  const { queue, queries, cancels, printer } = machine.context;
  const state = stateOf(situation);
  if (state === 'outOfService') return state;
  const foreground = foregroundOf(situation);
  const waiting = queue.map(
    ({ finding, facts }) => `${finding} ${sales.findIndex((sale) => sale.facts.saleId === facts.saleId)}`,
  );
  const settling = state.startsWith('settling') || state.startsWith('reversing');
  return JSON.stringify([
    state,
    sales.map((sale, place) => (place === foreground ? fullKey(sale) : shortKey(sale))),
    foreground,
    state === 'page' && machine.context.pageDefers === true,
    waiting,
    settling ? [queries, cancels, isOfBefore(machine.context)] : [],
    asked,
    job !== undefined,
    printer.ready,
  ]);
}

/** A cancel of an earlier boot may still be under way. */
function isOfBefore({ found, facts }: TerminalContext): boolean {
  return facts?.cancelling === 'asked' && found.some((recovery) => recovery.facts.saleId === facts.saleId);
}

function fullKey({ facts, fate, guarded }: ModelSale): readonly unknown[] {
  const { payment, ticket, prints, sent, cancelling, ticketLeft, tradeNo } = facts;
  const open =
    payment === 'unknown'
      ? [sent, cancelling === 'asked' ? 2 : cancelling !== undefined, tradeNo !== undefined, fate, guarded]
      : [];
  return [payment, ticket, prints.length, ticketLeft, open];
}

function shortKey({ facts: { payment }, guarded }: ModelSale): string {
  return guarded || payment === 'paid' ? 'comes back' : 'over';
}
