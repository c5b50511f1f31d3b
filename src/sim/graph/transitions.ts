import { type MachineTransition, type Move, walkMachine } from '../../guide/walk.js';

/** One way from a state of the terminal's machine, by a name that stays the same from run to run. */
export interface Transition {
  /** `settling.authorizing --AUTHORIZED[waiting]--> settling.awaitingBuyer`. */
  readonly key: string;
  /** A state by its path, or one that holds others; `*` is the machine itself: it can be taken in any state. */
  readonly from: string;
  /** An event, `after` and the name of a delay, or `always`. */
  readonly event: string;
  readonly guard: string | undefined;
  /** The state in which the machine then is; `undefined`: it stays where it is. */
  readonly to: string | undefined;
}

const ANY_STATE = '*';
const STAYS = 'stays';
const MOVES: readonly Move[] = walkMachine().flatMap(({ moves }) => moves);

/** Every transition of the terminal's machine, in its own order; taken from the machine, so that none can be forgotten. */
export const TRANSITIONS: readonly Transition[] = MOVES.map((move) => {
  const { from, event, guard, to } = { ...move, from: move.from || ANY_STATE, event: eventOf(move) };
  return { key: keyOf(move), from, event, guard, to };
});

/** Every state in which the terminal can be: those without parts, in the machine's order. */
export const LEAF_STATES: readonly string[] = walkMachine()
  .filter(({ parts }) => parts.length === 0)
  .map(({ path }) => path);

/** What the printer tells, and what moves nothing: it may come at any time, and more than once. */
export const PRINTER_HEARD: ReadonlySet<string> = new Set(
  TRANSITIONS.filter(({ event, to }) => event === 'PRINTER_STATUS' && to === undefined).map(({ key }) => key),
);

const KEYS: ReadonlyMap<object, string> = new Map(MOVES.map((move) => [move.definition, keyOf(move)]));

/** The name of a transition of which the machine itself has told. */
export function keyOfDefinition(definition: object): string {
  const key = KEYS.get(definition);
  if (key === undefined) throw new Error('the transition is none of the terminal’s machine');
  return key;
}

export function keyOf(move: Move): string {
  const guard = move.guard === undefined ? '' : `[${move.guard}]`;
  return `${move.from || ANY_STATE} --${eventOf(move)}${guard}--> ${move.to ?? STAYS}`;
}

function eventOf({ event, definition }: Move): string {
  return isDelay(definition) ? `after ${event}` : event;
}

function isDelay({ eventType }: MachineTransition): boolean {
  return eventType.startsWith('xstate.after.');
}

interface RunningDelay {
  readonly name: string;
  /** XState's event for its end. */
  readonly eventType: string;
}

const RUNNING: ReadonlyMap<string, readonly RunningDelay[]> = new Map(
  LEAF_STATES.map((state) => {
    const ancestors = MOVES.filter(({ from }) => state === from || state.startsWith(`${from}.`));
    const delays = ancestors.filter(({ definition }) => isDelay(definition));
    return [state, [...new Map(delays.map((move) => [move.event, delayOf(move)])).values()]];
  }),
);

function delayOf({ event, definition }: Move): RunningDelay {
  return { name: event, eventType: definition.eventType };
}

/** The delays that run while the machine is in a state. */
export function delaysIn(state: string): readonly RunningDelay[] {
  return RUNNING.get(state) ?? [];
}

/**
 * What the machine takes by itself from its start on until it stays somewhere, by where that is. Nobody can hear of it:
 * XState does it while the machine is made.
 */
export const START_WAYS: ReadonlyMap<string, readonly string[]> = startWays();

function startWays(): Map<string, string[]> {
  const ways = new Map<string, string[]>();
  const follow = (state: string, before: readonly string[]) => {
    const eventless = MOVES.filter(({ from, event }) => from === state && event === 'always');
    const staying = eventless.length === 0 || eventless.every(({ guard }) => guard !== undefined);
    if (staying) ways.set(state, [...before]);
    for (const move of eventless) if (move.to !== undefined) follow(move.to, [...before, keyOf(move)]);
  };
  follow('boot', []);
  return ways;
}
