import type { AnyMachineSnapshot, StateValue, Subscribable } from 'xstate';

/** A machine's state as a path: `{settling: 'querying'}` as `settling.querying`. */
export function statePath(value: StateValue): string {
  if (typeof value === 'string') return value;
  for (const state in value) return `${state}.${statePath(value[state] ?? '')}`; // Parallel states it has none.
  return '';
}

/** Tells of each state that a machine enters from its start on, and of the one that it leaves; `off` before the first. */
export function watchStates(
  machine: Subscribable<AnyMachineSnapshot>,
  told: (path: string, from: string) => void,
): void {
  let now = 'boot';
  let seen: StateValue = now;
  machine.subscribe(({ value }: { readonly value: StateValue }) => {
    if (value === seen) return; // Most events change no state, and a value is made anew with each change.
    seen = value;
    const path = statePath(value);
    if (path === now) return;
    const from = now;
    now = path;
    told(path, from);
  });
  told('boot', 'off');
}
