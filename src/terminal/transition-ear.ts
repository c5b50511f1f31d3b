/**
 * Hears which transitions a machine takes. XState's own inspector tells so too, and costs a sale a fifth of its time; here
 * the machine is asked for its transitions as ever, and what it answers is passed on.
 */
import type { AnyActorRef, AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { statePath } from './state-path.js';

/** The same machine, which tells of what each event makes it take; not of what it goes on to take by itself. */
function telling<Machine extends AnyStateMachine>(machine: Machine, told: (taken: AnyTransitionDefinition) => void) {
  const own: Machine = Object.create(machine); // All but these two methods is the machine's.
  // Each snapshot is made from the one before, and asks the machine that the first one names.
  own.getInitialSnapshot = (scope, input) => Object.assign(machine.getInitialSnapshot(scope, input), { machine: own });
  own.getTransitionData = (snapshot, event) => {
    const taken = machine.getTransitionData(snapshot, event);
    for (const one of taken ?? []) told(one);
    return taken;
  };
  return own;
}

export class TransitionEar<Machine extends AnyStateMachine> {
  /** The one to make the actor of. */
  readonly machine: Machine;
  readonly #told: (definition: object) => void;
  /** Where the latest transition led, for as long as it is not known whether the machine stayed there. */
  #passing: AnyStateNode | undefined;

  constructor(machine: Machine, told: (definition: object) => void) {
    this.#told = told;
    this.machine = telling(machine, (taken) => {
      told(taken);
      this.#passing = taken.target?.[0];
    });
  }

  /** To be called before the actor starts; what it takes by itself as it is made nobody hears. */
  listen(actor: AnyActorRef): void {
    actor.subscribe(({ value }) => {
      const passing = this.#passing;
      this.#passing = undefined;
      if (passing === undefined || !goesOn(passing)) return;
      for (const definition of wayTo(passing, statePath(value)) ?? []) this.#told(definition);
    });
  }
}

function goesOn({ always }: AnyStateNode): boolean {
  return always !== undefined && always.length > 0;
}

/** What leads from a state, without an event, to where the machine stayed. Only one way does: a test holds the chart to that. */
function wayTo(from: AnyStateNode, state: string): AnyTransitionDefinition[] | undefined {
  const path = from.path.join('.');
  if (path === state || state.startsWith(`${path}.`)) return [];
  for (const definition of from.always ?? []) {
    const to = definition.target?.[0];
    const way = to === undefined ? undefined : wayTo(to, state);
    if (way !== undefined) return [definition, ...way];
  }
  return undefined;
}
