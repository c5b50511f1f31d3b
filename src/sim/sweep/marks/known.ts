import { FAULT_NAMES } from '../../../faults/catalogue.js';
import { PROTOCOLS } from '../../../fixture/language/till.js';
import { TICKET_STATES } from '../../../terminal/facts.js';
import { PAYMENTS } from '../../../terminal/journal/record.js';
import { CAUSE_IDS } from '../../../terminal/verdict/cause.js';
import { LEAF_STATES, TRANSITIONS } from '../../graph/transitions.js';
import { RECOVERY_PATHS } from './recovery.js';

/** What kinds of things a sweep has to see sometimes; the first word of each mark. */
export const MARK_GROUPS = ['fault', 'state', 'transition', 'recovery', 'payment', 'ticket', 'cause', 'till'] as const;

export type MarkGroup = (typeof MARK_GROUPS)[number];

/** Everything that there is to be seen, by group, without its group's word. Taken from the product, so that nothing is forgotten. */
export const KNOWN: Readonly<Record<MarkGroup, readonly string[]>> = {
  fault: FAULT_NAMES,
  state: LEAF_STATES,
  transition: TRANSITIONS.map(({ key }) => key),
  recovery: RECOVERY_PATHS,
  payment: PAYMENTS,
  ticket: TICKET_STATES,
  cause: CAUSE_IDS,
  /** What a terminal says for good, in each protocol. */
  till: PROTOCOLS.flatMap((face) => ['paid', 'not-paid', 'reversed'].map((payment) => `${face} ${payment}`)),
};

export const KNOWN_MARKS: readonly string[] = MARK_GROUPS.flatMap((group) =>
  KNOWN[group].map((name) => `${group} ${name}`),
);
