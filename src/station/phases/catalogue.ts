import type { PhaseName } from '../names.js';
import type { Phase } from '../phase.js';
import type { Plan } from '../plan.js';
import { buffer } from './buffer.js';
import { characters } from './characters.js';
import { checkpoint } from './checkpoint.js';
import { chinese } from './chinese.js';
import { cutter } from './cutter.js';
import { endurance } from './endurance.js';
import { FAULT_PHASES } from './faults/catalogue.js';
import { graphics } from './graphics.js';
import { identity } from './identity.js';
import { latency } from './latency.js';
import { link } from './link.js';
import { speed } from './speed.js';
import { status } from './status.js';
import { symbols } from './symbols.js';
import { throughput } from './throughput.js';

/** Every phase by its name. */
const PHASES: Readonly<Record<PhaseName, Phase>> = {
  link,
  identity,
  status,
  checkpoint,
  latency,
  throughput,
  buffer,
  speed,
  characters,
  chinese,
  symbols,
  graphics,
  cutter,
  endurance,
  ...FAULT_PHASES,
};

/** The phases of a plan, in its order. */
export function phasesOf({ phases }: Plan): Phase[] {
  return phases.map((name) => PHASES[name]);
}
