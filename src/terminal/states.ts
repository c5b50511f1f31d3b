import { terminalMachine } from './machine.js';

interface StateNode {
  readonly states: Readonly<Record<string, StateNode>>;
}

/** Every state of the terminal in which it can stay, as a path, with those that hold others. */
export const STATES: readonly string[] = pathsIn(terminalMachine.root, '').filter((path) => path !== 'next');

function pathsIn({ states }: StateNode, before: string): string[] {
  return Object.entries(states).flatMap(([name, node]) => [`${before}${name}`, ...pathsIn(node, `${before}${name}.`)]);
}
