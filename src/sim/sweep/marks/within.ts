import type { Within } from './within/bounds.js';
import { FAULTS_WITHIN } from './within/faults.js';
import { STEPS_WITHIN } from './within/steps.js';
import { TOLD_WITHIN } from './within/told.js';

/** Every mark that must be seen, and within how many runs. What is in no profile is exempt, for the reason in `exempt.ts`. */
export const WITHIN: Within = { ...FAULTS_WITHIN, ...STEPS_WITHIN, ...TOLD_WITHIN };
