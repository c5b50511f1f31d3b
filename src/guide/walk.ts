/** The terminal's state machine as the guide sees it: walked by its definition, so that it cannot differ from the firmware. */
import { terminalMachine } from '../terminal/machine.js';
import { SCREEN_NAMES, type ScreenName } from '../terminal/screens.js';

/** One arrow of the machine, or what happens inside a state without leaving it. */
export interface Move {
  readonly from: string;
  /** The state without parts that is entered; `undefined`: it stays where it is. */
  readonly to: string | undefined;
  /** The event, the delay, or `always`. */
  readonly event: string;
  readonly guard: string | undefined;
  /** What the display shows because of it, if it says so itself. */
  readonly shows: ScreenName | undefined;
  /** It is heard, and changes nothing at all. */
  readonly idle: boolean;
  /** The machine's own object for it, by which whoever watches the machine knows that it was taken. */
  readonly definition: MachineTransition;
}

/** A state by its path. The machine itself has the path ''. */
export interface StateNote {
  readonly path: string;
  /** Parts, by their paths; a state that has none is where the terminal can be. */
  readonly parts: readonly string[];
  readonly parent: string;
  /** What the display may show in it: on entry first. */
  readonly screens: readonly ScreenName[];
  /** A new sale may begin. */
  readonly free: boolean;
  readonly moves: readonly Move[];
}

type Node = (typeof terminalMachine)['root'];
export type MachineTransition = Node['always'] extends readonly (infer T)[] | undefined ? T : never;

export function walkMachine(): StateNote[] {
  return walk(terminalMachine.root);
}

function walk(node: Node): StateNote[] {
  const parts = Object.values(node.states) as Node[]; // States of a machine are nodes of its kind.
  return [noteOf(node, parts), ...parts.flatMap(walk)];
}

function noteOf(node: Node, parts: readonly Node[]): StateNote {
  const moves: Move[] = [];
  const screens = new Set(node.entry.flatMap(screenOf));
  const add = (event: string, transitions: readonly MachineTransition[]) => {
    for (const definition of transitions) {
      const { guard, target, actions } = definition;
      const [to] = target ?? [];
      const shown = actions.flatMap(screenOf);
      moves.push({
        from: pathOf(node),
        to: to === undefined ? undefined : leafOf(to),
        event,
        guard: nameOf(guard),
        shows: shown.at(-1),
        idle: to === undefined && actions.length === 0,
        definition,
      });
      for (const screen of shown) screens.add(screen);
    }
  };
  if (node.always !== undefined) add('always', node.always);
  for (const [event, transitions] of node.transitions) add(eventName(event), transitions);
  return {
    path: pathOf(node),
    parts: parts.map(pathOf),
    parent: node.path.slice(0, -1).join('.'),
    screens: [...screens],
    free: node.tags.includes('free'),
    moves,
  };
}

function pathOf(node: { readonly path: readonly string[] }): string {
  return node.path.join('.');
}

/** Where one ends up who enters a state that has parts. */
function leafOf(node: Node): string {
  const [first] = node.initial?.target ?? [];
  return first === undefined ? pathOf(node) : leafOf(first as Node); // As above.
}

/** XState calls a delay `xstate.after.scanTimeout.terminal.scanning`. */
function eventName(event: string): string {
  return /^xstate\.after\.(\w+)\./.exec(event)?.[1] ?? event;
}

function nameOf(guard: unknown): string | undefined {
  if (guard === undefined) return undefined;
  if (typeof guard === 'string') return guard;
  const named: unknown = typeof guard === 'object' && guard !== null ? Reflect.get(guard, 'type') : undefined;
  return typeof named === 'string' ? named : 'unnamed';
}

function screenOf(action: unknown): ScreenName[] {
  if (typeof action !== 'object' || action === null || Reflect.get(action, 'type') !== 'show') return [];
  const name: unknown = Object(Reflect.get(action, 'params')).name;
  return SCREEN_NAMES.filter((known) => known === name);
}
