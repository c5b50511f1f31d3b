import type { Approach } from '../../ports/faults.js';
import type { GraphPath } from './paths.js';
import { delayOfStep } from './stage.js';

/** The customer who shows a code in this step, such as the answers of the rest of the path have him. */
export function approachOf(path: GraphPath, at: number): Approach {
  const answers = answersAbout(path, at);
  const first = (...says: readonly string[]) => answers.find(({ text }) => says.includes(text));
  if (first('AUTHORIZED refused') !== undefined) return { behaviour: 'no-money' };
  const asked = first('AUTHORIZED waiting', 'QUERIED waiting');
  const closed = first('QUERIED closed');
  if (closed !== undefined) return { behaviour: 'refuses', afterMs: shortlyBefore(path, at, closed.at) };
  if (asked === undefined)
    return first('CANCELLED close') === undefined ? { behaviour: 'pays' } : { behaviour: 'never' };
  const paid = answers.find(({ text, at: when }) => when > asked.at && SAYS_PAID.includes(text));
  if (paid === undefined) return { behaviour: 'never' };
  return { behaviour: 'confirms', afterMs: shortlyBefore(path, at, paid.at) };
}

const SAYS_PAID = ['QUERIED paid', 'NOTIFIED paid', 'FOUND_PAID', 'CANCELLED refund', 'QUERIED refunded'];

/** How long after a payment its notice goes out, for it to come when the path has it; `undefined`: it has none. */
export function noticeAfterMs(path: GraphPath, betweenStepsMs: number): number | undefined {
  const notified = path.steps.findIndex(({ deed }) => deed.type === 'NOTIFIED');
  const { sale } = path.steps[notified]?.deed ?? {};
  if (sale === undefined) return undefined;
  const shown = path.steps.findIndex(({ after }) => after.asked.AUTHORIZED === sale);
  let ms = 0;
  for (let i = shown + 1; i < notified; i++) ms += delayOfStep(path, i) + betweenStepsMs;
  return ms;
}

/** What is said of the sale from its code on, before another one is begun. */
function answersAbout(path: GraphPath, at: number): { readonly at: number; readonly text: string }[] {
  const sale = path.steps[at]?.after.asked.AUTHORIZED;
  return path.steps.flatMap(({ deed: { type, word, sale: about } }, i) =>
    i > at && about === sale ? [{ at: i, text: word === undefined ? type : `${type} ${word}` }] : [],
  );
}

/** The platform books what the customer decides before the answer of that step is given. */
function shortlyBefore(path: GraphPath, from: number, to: number): number {
  let ms = 0;
  for (let i = from + 1; i < to; i++) ms += delayOfStep(path, i);
  return Math.max(ms - 200, 200);
}
