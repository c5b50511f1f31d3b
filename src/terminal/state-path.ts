import type { AnyMachineSnapshot, Subscribable } from 'xstate';

/** A machine's state as a path: `{settling: 'querying'}` as `settling.querying`. */
export function statePath(value: string | object): string {
  if (typeof value === 'string') return value;
  const [[state, inner] = ['', '']] = Object.entries(value);
  return `${state}.${statePath(inner)}`;
}

/** Tells of each state that a machine enters from its start on, and of the one that it leaves; `off` before the first. */
export function watchStates(
  machine: Subscribable<AnyMachineSnapshot>,
  told: (path: string, from: string) => void,
): void {
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
