import type { PlantedBug } from './bug.js';
import { ANSWER_BUGS } from './bugs/answers.js';
import { CANCEL_BUGS } from './bugs/cancels.js';
import { DRIVER_BUGS } from './bugs/driver.js';
import { JOURNAL_BUGS } from './bugs/journal.js';
import { RECOVERY_BUGS } from './bugs/recovery.js';
import { REVERSAL_BUGS } from './bugs/reversals.js';
import { TICKET_BUGS } from './bugs/tickets.js';
import { TILL_BUGS } from './bugs/tills.js';

/** Every planted bug: from the platform's answers to the printer's. */
export const PLANTED_BUGS: readonly PlantedBug[] = [
  ...ANSWER_BUGS,
  ...CANCEL_BUGS,
  ...REVERSAL_BUGS,
  ...RECOVERY_BUGS,
  ...JOURNAL_BUGS,
  ...TICKET_BUGS,
  ...DRIVER_BUGS,
  ...TILL_BUGS,
];
