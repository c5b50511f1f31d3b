import type { FAULT_MEASURES } from '../../fault-names.js';
import type { Phase } from '../../phase.js';
import { cable } from './cable.js';
import { coverOpen } from './cover-open.js';
import { cutter } from './cutter.js';
import { jam, jamDiscarded } from './jam.js';
import { offline } from './offline.js';
import { overheat } from './overheat.js';
import { paperNearEnd } from './paper-near-end.js';
import { paperOut } from './paper-out.js';
import { power } from './power.js';

/** The faults, by the names of their phases. */
export const FAULT_PHASES: Readonly<Record<keyof typeof FAULT_MEASURES, Phase>> = {
  'fault.paper-near-end': paperNearEnd,
  'fault.paper-out': paperOut,
  'fault.cover-open': coverOpen,
  'fault.jam': jam,
  'fault.jam-discarded': jamDiscarded,
  'fault.cutter': cutter,
  'fault.overheat': overheat,
  'fault.offline': offline,
  'fault.cable': cable,
  'fault.power': power,
};
