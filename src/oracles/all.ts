import { journalKept } from './journal-kept.js';
import { oneOriginal } from './one-original.js';
import { onePayment } from './one-payment.js';
import type { Oracle, OracleName, Report } from './oracle.js';
import type { Sight } from './sight.js';
import { tillAnswers } from './till-answers.js';
import { tillTold } from './till-told.js';
import { trueVerdict } from './true-verdict.js';

/** Those that watch from the beginning to the end. Whether all `settles` is asked when the faults have ended. */
export const WATCHING: readonly (readonly [
  Exclude<OracleName, 'settles'>,
  (sight: Sight, report: Report) => Oracle,
])[] = [
  ['one-payment', onePayment],
  ['true-verdict', trueVerdict],
  ['one-original', oneOriginal],
  ['journal-kept', journalKept],
  ['till-told', tillTold],
  ['till-told', tillAnswers],
];
