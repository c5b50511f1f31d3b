import type { Actor } from 'xstate';
import { terminalMachine } from './machine.js';

/** A machine's state as a path: `{settling: 'querying'}` as `settling.querying`. */
export function statePath(value: string | object): string {
  if (typeof value === 'string') return value;
  const [[state, inner] = ['', '']] = Object.entries(value);
  return `${state}.${statePath(inner)}`;
}

/** Tells of each state that a machine enters from its start on, and of the one that it leaves; `off` before the first. */
export function watchStates(machine: Actor<typeof terminalMachine>, told: (path: string, from: string) => void): void {
  let now = 'boot';
  machine.subscribe(({ value }) => {
    const path = statePath(value);
    if (path === now) return;
    const from = now;
    now = path;
    told(path, from);
  });
  told('boot', 'off');
}

interface StateNode {
  readonly states: Readonly<Record<string, StateNode>>;
}

/** Every state of the terminal in which it can stay, as a path, with those that hold others. */
export const STATES: readonly string[] = pathsIn(terminalMachine.root, '').filter((path) => path !== 'next');

function pathsIn({ states }: StateNode, before: string): string[] {
  return Object.entries(states).flatMap(([name, node]) => [`${before}${name}`, ...pathsIn(node, `${before}${name}.`)]);
}
