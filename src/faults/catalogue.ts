import { hesitates } from './customer/hesitates.js';
import { leaves } from './customer/leaves.js';
import { noMoney } from './customer/no-money.js';
import { noTicket } from './customer/no-ticket.js';
import { oldSuccessPage } from './customer/old-success-page.js';
import { refuses } from './customer/refuses.js';
import type { Fault } from './fault.js';
import { printerLost } from './link/printer-lost.js';
import { wrongBaud } from './link/wrong-baud.js';
import { cancels } from './operator/cancels.js';
import { powerCycles } from './operator/power-cycles.js';
import { pressesTwice } from './operator/presses-twice.js';
import { skipsTicket } from './operator/skips-ticket.js';
import { startsAgain } from './operator/starts-again.js';
import { wrongAmount } from './operator/wrong-amount.js';
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
import { expired } from './scanner/expired.js';
import { misread } from './scanner/misread.js';
import { nothing } from './scanner/nothing.js';
import { otherWallet } from './scanner/other-wallet.js';
import { short } from './scanner/short.js';
import { twice } from './scanner/twice.js';
import { brownOut } from './terminal/brown-out.js';
import { clockJump } from './terminal/clock-jump.js';
import { diskFull } from './terminal/disk-full.js';
import { journalRot } from './terminal/journal-rot.js';
import { misconfigured } from './terminal/misconfigured.js';
import { outdatedKey } from './terminal/outdated-key.js';
import { powerCut } from './terminal/power-cut.js';

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
  answerLost,
  answerDelayed,
  misread,
  short,
  twice,
  expired,
  otherWallet,
  nothing,
  hesitates,
  refuses,
  noMoney,
  leaves,
  noTicket,
  oldSuccessPage,
  cancels,
  pressesTwice,
  wrongAmount,
  powerCycles,
  startsAgain,
  skipsTicket,
  powerCut,
  brownOut,
  clockJump,
  diskFull,
  journalRot,
  misconfigured,
  outdatedKey,
];

export const FAULT_NAMES: readonly string[] = FAULTS.map(({ name }) => name);
