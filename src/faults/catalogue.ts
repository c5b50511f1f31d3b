import type { Fault } from './fault.js';
import { printerLost } from './link/printer-lost.js';
import { wrongBaud } from './link/wrong-baud.js';
import { networkAnswerLost } from './network/answer-lost.js';
import { badCertificate } from './network/bad-certificate.js';
import { blackHole } from './network/black-hole.js';
import { down } from './network/down.js';
import { drip } from './network/drip.js';
import { emptyBody } from './network/empty-body.js';
import { expiredCertificate } from './network/expired-certificate.js';
import { garbageBody } from './network/garbage-body.js';
import { halfBody } from './network/half-body.js';
import { latency } from './network/latency.js';
import { refused } from './network/refused.js';
import { requestLost } from './network/request-lost.js';
import { reset } from './network/reset.js';
import { serverError } from './network/server-error.js';
import { answerDelayed } from './platform/answer-delayed.js';
import { answerLost } from './platform/answer-lost.js';
import { coverOpen } from './printer/cover-open.js';
import { cutterError } from './printer/cutter-error.js';
import { deadDots } from './printer/dead-dots.js';
import { faded } from './printer/faded.js';
import { hang } from './printer/hang.js';
import { mute } from './printer/mute.js';
import { offline } from './printer/offline.js';
import { overheat } from './printer/overheat.js';
import { paperJam } from './printer/paper-jam.js';
import { paperNearEnd } from './printer/paper-near-end.js';
import { paperOut } from './printer/paper-out.js';
import { powerOff } from './printer/power-off.js';
import { ribbonBroken } from './printer/ribbon-broken.js';
import { slow } from './printer/slow.js';
import { unrecoverableError } from './printer/unrecoverable-error.js';
import { upsideDownPaper } from './printer/upside-down-paper.js';
import { wrongCodePage } from './printer/wrong-code-page.js';

/** Every fault there is, by place. */
export const FAULTS: readonly Fault[] = [
  paperJam,
  paperOut,
  paperNearEnd,
  coverOpen,
  cutterError,
  overheat,
  unrecoverableError,
  offline,
  powerOff,
  mute,
  hang,
  slow,
  deadDots,
  faded,
  upsideDownPaper,
  ribbonBroken,
  wrongCodePage,
  printerLost,
  wrongBaud,
  latency,
  refused,
  reset,
  blackHole,
  requestLost,
  networkAnswerLost,
  halfBody,
  garbageBody,
  emptyBody,
  serverError,
  badCertificate,
  expiredCertificate,
  drip,
  down,
  answerLost,
  answerDelayed,
];

export const FAULT_NAMES: readonly string[] = FAULTS.map(({ name }) => name);
