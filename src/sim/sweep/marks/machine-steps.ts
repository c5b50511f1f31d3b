import { terminalMachine } from '../../../terminal/machine.js';

/** As far as a machine's own description of itself is read here. */
interface Node {
  readonly path: readonly string[];
  readonly parent?: Node | undefined;
  readonly states: Readonly<Record<string, Node>>;
  readonly initial: { readonly target: readonly Node[] | undefined } | undefined;
  readonly transitions: ReadonlyMap<string, readonly Way[]>;
  readonly always?: readonly Way[] | undefined;
}

interface Way {
  readonly target: readonly Node[] | undefined;
  readonly guard?: unknown;
}

/** States in which the machine can stay. */
export const STAYS: readonly string[] = leaves(terminalMachine.root).filter(canStay).map(nameOf);

/** Every step from one state to another that the machine describes, by `from > to`, whatever its guards may say. */
export const STEPS: readonly string[] = leaves(terminalMachine.root)
  .filter((leaf) => canStay(leaf) || nameOf(leaf) === 'boot')
  .flatMap((leaf) => {
    const to = new Set(
      waysOf(leaf)
        .flatMap(({ target = [] }) => target.flatMap(landings))
        .map(nameOf),
    );
    to.delete(nameOf(leaf));
    return [...to].map((name) => `${nameOf(leaf)} > ${name}`);
  });

function leaves(node: Node): Node[] {
  const inner = Object.values(node.states);
  return inner.length === 0 ? [node] : inner.flatMap(leaves);
}

/** Those of the state and of all around it. */
function waysOf(leaf: Node): Way[] {
  const ways: Way[] = [];
  for (let node: Node | undefined = leaf; node !== undefined; node = node.parent)
    ways.push(...[...node.transitions.values()].flat(), ...(node.always ?? []));
  return ways;
}

/** Where a step to it may end: in a state that it begins with, and beyond one that is left at once. */
function landings(node: Node): Node[] {
  if (Object.keys(node.states).length > 0) return (node.initial?.target ?? []).flatMap(landings);
  const beyond = (node.always ?? []).flatMap(({ target = [] }) => target.flatMap(landings));
  return canStay(node) ? [node, ...beyond] : beyond;
}

/** Nothing leads on from it at once in any case. */
function canStay({ always = [] }: Node): boolean {
  return always.every(({ guard }) => guard !== undefined);
}

function nameOf({ path }: Node): string {
  return path.join('.');
}
