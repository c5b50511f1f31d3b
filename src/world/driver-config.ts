import { z } from 'zod';
import { DRIVER_DEFAULTS } from '../printer/options.js';

const ms = (least: number) => z.int().min(least).max(86_400_000);
const RECOVERY = z.enum(['wait', 'resume', 'reprint']);

/** What of the printer driver is a matter of the shop and its printer: the part `driver` of a configuration. */
export const DRIVER = z
  .strictObject({
    recovery: z
      .strictObject({
        'paper-out': RECOVERY,
        'cover-open': RECOVERY,
        'mechanical-error': RECOVERY,
        'cutter-error': RECOVERY,
        overheat: RECOVERY,
        'unrecoverable-error': RECOVERY,
        offline: RECOVERY,
      })
      .partial()
      .default({})
      .describe('a fault in mid-job: wait, resume (DLE ENQ 1), or end the job and reprint a marked copy'),
    recoveryWaitMs: ms(0).describe('how long a fault that is waited for or resumed from may last'),
    faultGraceMs: ms(0).describe('a shorter fault neither ends nor refuses a job'),
    reconnectGraceMs: ms(0).describe('how long a job waits for a link that is down'),
    answerTimeoutMs: ms(100).describe('a printer that is later counts as silent'),
    stallTimeoutMs: ms(1).describe('how long the next block may take to be confirmed'),
    jobDeadlineMs: ms(1).describe('the longest that a job may take in all'),
    blind: z.enum(['by-profile', 'print', 'refuse']).describe('jobs for a printer that has never answered'),
  })
  .partial()
  .transform(({ recovery, ...given }) => ({
    ...DRIVER_DEFAULTS,
    ...given,
    recovery: { ...DRIVER_DEFAULTS.recovery, ...recovery },
  }));
