import type { Within } from './within/bounds.js';
import { FAULTS_WITHIN } from './within/faults.js';
import { TILLS_WITHIN } from './within/tills.js';
import { TOLD_WITHIN } from './within/told.js';
import { TRANSITIONS_WITHIN } from './within/transitions.js';

/** Every mark that must be seen, and within how many runs. What is in no profile is exempt, for the reason in `exempt.ts`. */
export const WITHIN: Within = { ...FAULTS_WITHIN, ...TRANSITIONS_WITHIN, ...TOLD_WITHIN, ...TILLS_WITHIN };
