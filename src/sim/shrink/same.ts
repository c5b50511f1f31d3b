import type { FixtureRun, Problem } from '../../fixture/result.js';
import { failureOf } from '../failure.js';

/**
 * Whether another run failed as this one did. What must always hold, and did not, is the same by its kind and oracle. A
 * crash is the same by what was thrown, and an expectation that was not met by what it is about and what became of the sale:
 * a smaller fixture breaks many others too, such as one whose customer never comes. `undefined`: this one did not fail.
 */
export function sameFailure(wanted: FixtureRun): ((run: FixtureRun) => boolean) | undefined {
  const failure = failureOf(wanted);
  if (failure === undefined) return undefined;
  const [mark] = marksOf(wanted, failure.kind);
  return (run) => {
    const other = failureOf(run);
    if (other?.kind !== failure.kind || other.oracle !== failure.oracle) return false;
    return mark === undefined || marksOf(run, failure.kind).includes(mark);
  };
}

function marksOf(run: FixtureRun, kind: string): string[] {
  if (kind === 'crash') return [crashMark(run.reason ?? '')];
  if (kind !== 'expectation') return [];
  return run.problems.flatMap((problem) =>
    problem.oracle === undefined ? storiesOf(run, problem).map((story) => `${markOf(problem)}, ${story}`) : [],
  );
}

/** What became of the sale that it is about; of each, the odd ones first, if it is about none. */
function storiesOf({ sales }: FixtureRun, { saleId }: Problem): string[] {
  const own = sales.filter((sale) => sale.saleId === saleId);
  const odd = sales.filter(({ verdict }) => verdict.cause !== undefined);
  const all = own.length > 0 ? own : [...odd, ...sales];
  return all.length === 0
    ? ['no sale']
    : all.map(({ verdict: { payment, ticket, cause } }) => `${payment} ${ticket} ${cause?.id}`);
}

/** The code of an error that the product has a name for; else the error and the function that threw it; else the words. */
function crashMark(reason: string): string {
  const [code] = /\bPJ_[A-Z_]+/.exec(reason) ?? [];
  const [, error, thrower] = /\b(\w*Error)\b.*?\n\s+at (\S+)/s.exec(reason) ?? [];
  if (code !== undefined) return code;
  return error === undefined ? withoutFigures(reason.split(';')[0] ?? '') : `${error} in ${thrower}`;
}

/** Fields of which what is so says as much as what was expected. */
const TOLD = new Set([
  'payment',
  'ticket',
  'delivery',
  'final',
  'cause',
  'confidence',
  'state',
  'chain',
  'originals',
  'copies',
  'partials',
  'merchantCopies',
  'blank',
  'unreadable',
  'payments',
  'paidFen',
  'refundedFen',
  'keptFen',
]);

/** Which expectation it was, wherever it stands and whichever sale it was about. */
function markOf({ path, expected, actual, hint = '' }: Problem): string {
  const field = path.split('.').at(-1) ?? '';
  if (TOLD.has(field)) return `${field} ${withoutFigures(actual.replace(/, of [^,]+$/, ''))}`;
  if (field !== 'wait') return `${field.replaceAll(/\[\d+\]/g, '')} ${withoutFigures(expected)}`;
  const [, state] = /\bthe terminal is in ([\w.]+)/.exec(hint) ?? [];
  return `wait in ${state}`;
}

/** Amounts, times and numbers of orders differ from one fixture to the next; small counts do not. */
function withoutFigures(text: string): string {
  return text.replaceAll(/\d+\.\d+|\w*\d{3,}\w*/g, '#');
}
