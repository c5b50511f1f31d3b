import type { Phase } from '../../phase.js';
import { coverOpen } from './cover-open.js';
import { cutter } from './cutter.js';
import { jam, jamDiscarded } from './jam.js';
import { offline } from './offline.js';
import { overheat } from './overheat.js';
import { paperNearEnd } from './paper-near-end.js';
import { paperOut } from './paper-out.js';

/** The faults, those first that leave the most of the printer alone. */
export const FAULT_PHASES: readonly Phase[] = [
  paperNearEnd,
  paperOut,
  coverOpen,
  jam,
  jamDiscarded,
  cutter,
  overheat,
  offline,
];
