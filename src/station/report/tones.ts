import type { Tone } from '../../report/outcome.js';
import type { PhaseOutcome, RunOutcome } from '../record.js';

export const TONES: Readonly<Record<PhaseOutcome | RunOutcome, Tone>> = {
  PASS: 'good',
  MARGINAL: 'near',
  FAIL: 'bad',
  SKIPPED: 'none',
  ERROR: 'broken',
  ABORTED: 'broken',
};
