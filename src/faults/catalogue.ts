import type { Fault } from './fault.js';
import { printerLost } from './link/printer-lost.js';
import { answerDelayed } from './platform/answer-delayed.js';
import { answerLost } from './platform/answer-lost.js';
import { coverOpen } from './printer/cover-open.js';
import { hang } from './printer/hang.js';
import { mute } from './printer/mute.js';
import { paperJam } from './printer/paper-jam.js';
import { paperOut } from './printer/paper-out.js';

/** Every fault there is, by place. */
export const FAULTS: readonly Fault[] = [
  paperJam,
  paperOut,
  coverOpen,
  mute,
  hang,
  printerLost,
  answerLost,
  answerDelayed,
];

export const FAULT_NAMES: readonly string[] = FAULTS.map(({ name }) => name);
