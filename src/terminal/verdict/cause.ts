import type { SalePage } from '../book.js';
import type { Words } from '../screens.js';
import { CAUSES, type CauseId } from './causes/catalogue.js';
import { networkCauses } from './causes/network.js';
import { customerCauses, environmentCauses, operationCauses, policyCauses } from './causes/people.js';
import { platformCauses } from './causes/platform.js';
import { printerCauses } from './causes/printer.js';
import { CaseFile, type Confidence, type Found, type Rule, type Stage } from './causes/rule.js';
import { terminalCauses } from './causes/terminal.js';

/** Why it went other than it should have: an id of the catalogue of causes, and its name in words. */
export interface Cause extends Words {
  readonly id: CauseId;
  readonly confidence: Confidence;
  /** Why it is thought so. */
  readonly reason: Words;
  /** Sequence numbers of the records that it rests on. */
  readonly evidence: readonly number[];
}

export interface Causes {
  /** The first that kept the ticket from coming out. A sale that went straight through has none. */
  readonly main: Cause | undefined;
  /** What stopped the last try, where it is another than the first: what is to be done is about this one. */
  readonly latest: Cause | undefined;
  readonly also: readonly Cause[];
}

/** One rule for each place; each sees only what the journal tells. */
const RULES: readonly Rule[] = [
  printerCauses,
  networkCauses,
  platformCauses,
  terminalCauses,
  operationCauses,
  customerCauses,
  environmentCauses,
  policyCauses,
];

/** Of a paid sale the ticket is what is asked about, of any other the money. */
const PAID: Record<Stage, number> = { ticket: 0, payment: 1, aside: 2 };
const UNPAID: Record<Stage, number> = { payment: 0, ticket: 1, aside: 2 };
const SURE: Record<Confidence, number> = { certain: 0, likely: 1, possible: 2 };

/** The causes, as far as the records show any. */
export function findCauses(page: SalePage): Causes {
  const file = new CaseFile(page);
  const order = page.facts.payment === 'paid' ? PAID : UNPAID;
  const first = ({ evidence }: Found) => evidence[0] ?? 0;
  const found = RULES.flatMap((rule) => rule(file)).sort(
    (a, b) => order[a.stage] - order[b.stage] || first(a) - first(b) || SURE[a.confidence] - SURE[b.confidence],
  );
  const causes = found.filter(({ id }, i) => found.findIndex((other) => other.id === id) === i).map(named);
  const [main, ...also] = causes;
  return { main, latest: latestOf(page, found), also };
}

/** The cause that rests on the last thing that was told or seen of the ticket. */
function latestOf({ records }: SalePage, found: readonly Found[]): Cause | undefined {
  const last = records.findLast(({ kind }) => kind === 'print-result' || kind === 'ticket-seen');
  if (last === undefined) return undefined;
  const latest = found.find(({ stage, evidence }) => stage === 'ticket' && evidence.includes(last.seq));
  return latest === undefined ? undefined : named(latest);
}

/** Others would look the same: nobody is told of it as a fact. */
export function isGuess(cause: Cause | undefined): boolean {
  return cause?.confidence === 'possible';
}

function named({ id, confidence, reason, evidence }: Found): Cause {
  const { zh, en } = CAUSES[id];
  return { id, zh, en, confidence, reason, evidence };
}

export const CAUSE_IDS: readonly string[] = Object.keys(CAUSES);
