import type { PhaseName } from '../names.js';
import type { Phase } from '../phase.js';
import type { Plan } from '../plan.js';
import { FAULT_PHASES } from './faults/catalogue.js';
import { identity } from './identity.js';
import { link } from './link.js';
import { status } from './status.js';

const PHASES: readonly Phase[] = [link, identity, status, ...FAULT_PHASES];

/** The phases of a plan, in its order. */
export function phasesOf({ phases }: Plan): Phase[] {
  return phases.flatMap((name: PhaseName) => PHASES.filter((phase) => phase.name === name));
}
