import { hesitates } from './customer/hesitates.js';
import { leaves } from './customer/leaves.js';
import { noMoney } from './customer/no-money.js';
import { noTicket } from './customer/no-ticket.js';
import { oldSuccessPage } from './customer/old-success-page.js';
import { refuses } from './customer/refuses.js';
import type { Fault } from './fault.js';
import { choppedWrites } from './link/chopped-writes.js';
import { corrupt } from './link/corrupt.js';
import { delay } from './link/delay.js';
import { drop } from './link/drop.js';
import { duplicate } from './link/duplicate.js';
import { halfOpen } from './link/half-open.js';
import { printerLost } from './link/printer-lost.js';
import { stuckXoff } from './link/stuck-xoff.js';
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
import { cancels } from './operator/cancels.js';
import { powerCycles } from './operator/power-cycles.js';
import { pressesTwice } from './operator/presses-twice.js';
import { skipsTicket } from './operator/skips-ticket.js';
import { startsAgain } from './operator/starts-again.js';
import { wrongAmount as wrongAmountKeyed } from './operator/wrong-amount.js';
import { answerDelayed } from './platform/answer-delayed.js';
import { answerLost } from './platform/answer-lost.js';
import { badSignature } from './platform/bad-signature.js';
import { cancelLost } from './platform/cancel-lost.js';
import { cancelRefused } from './platform/cancel-refused.js';
import { clockSkew } from './platform/clock-skew.js';
import { maintenance } from './platform/maintenance.js';
import { notifyLate } from './platform/notify-late.js';
import { notifyLost } from './platform/notify-lost.js';
import { notifyOutOfOrder } from './platform/notify-out-of-order.js';
import { notifyTwice } from './platform/notify-twice.js';
import { passwordAsked } from './platform/password-asked.js';
import { paysLate } from './platform/pays-late.js';
import { peak } from './platform/peak.js';
import { rateLimit } from './platform/rate-limit.js';
import { staleQuery } from './platform/stale-query.js';
import { systemError } from './platform/system-error.js';
import { wrongAmount } from './platform/wrong-amount.js';
import { coverOpen } from './printer/cover-open.js';
import { cutterError } from './printer/cutter-error.js';
import { deadDots } from './printer/dead-dots.js';
import { drawerOpen } from './printer/drawer-open.js';
import { faded } from './printer/faded.js';
import { feedButton } from './printer/feed-button.js';
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
import { tillAnswerLate } from './till/answer-late.js';
import { tillAnswerLost } from './till/answer-lost.js';
import { tillAnswerTwice } from './till/answer-twice.js';
import { tillBusy } from './till/busy.js';
import { tillEmptyAnswer } from './till/empty-answer.js';
import { tillGarbageAnswer } from './till/garbage-answer.js';
import { tillHalfAnswer } from './till/half-answer.js';
import { tillRequestLate } from './till/request-late.js';
import { tillRequestLost } from './till/request-lost.js';
import { tillRequestTwice } from './till/request-twice.js';
import { tillReset } from './till/reset.js';

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
  feedButton,
  drawerOpen,
  printerLost,
  wrongBaud,
  drop,
  corrupt,
  duplicate,
  delay,
  stuckXoff,
  halfOpen,
  choppedWrites,
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
  peak,
  systemError,
  maintenance,
  rateLimit,
  passwordAsked,
  paysLate,
  staleQuery,
  wrongAmount,
  badSignature,
  clockSkew,
  cancelLost,
  cancelRefused,
  notifyLost,
  notifyLate,
  notifyTwice,
  notifyOutOfOrder,
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
  wrongAmountKeyed,
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
  tillRequestLost,
  tillRequestLate,
  tillRequestTwice,
  tillBusy,
  tillReset,
  tillAnswerLost,
  tillAnswerLate,
  tillHalfAnswer,
  tillEmptyAnswer,
  tillGarbageAnswer,
  tillAnswerTwice,
];

export const FAULT_NAMES: readonly string[] = FAULTS.map(({ name }) => name);
