import type { SalePage } from '../../terminal/book.js';
import { refundIdOf, refundStatus } from './payment-view.js';
import { isOver, numberOf, type Task } from './records.js';
import type { Tasks } from './tasks.js';

/** One time that the money of a payment was, or is to be, asked back. */
export interface Refund {
  readonly id: string;
  readonly status: 'PENDING' | 'COMPLETED' | 'REJECTED' | 'FAILED';
  /** Which one of the journal's it is, from 1; `undefined`: the terminal has not begun. */
  readonly nth: number | undefined;
  /** What was asked through Square, if it was. */
  readonly asked: { readonly id: string; readonly task: Task } | undefined;
}

type Asked = NonNullable<Refund['asked']>;

/**
 * The refunds of a payment, by their numbers, whoever has asked for them. A number is given once: to what is asked through
 * Square when it is asked, and to any other, by the journal, the first that is free. So what was told of an id stays true.
 */
export function refundsOf(tasks: Tasks, { facts }: SalePage): Refund[] {
  const { saleId, reversalsAsked } = facts;
  const asked = askedOf(tasks, saleId);
  const numbered: (Refund & { readonly no: number })[] = [];
  const taken = new Set(asked.map(({ task }) => numberOf(task)));
  const begun = new Set<string>();
  let free = 1;
  for (let nth = 1; nth <= reversalsAsked; nth++) {
    // Another is asked for only once the one before was refused.
    const status = nth < reversalsAsked ? 'REJECTED' : (refundStatus(facts) ?? 'PENDING');
    const own = asked.findLast(({ task }) => task.reversalsBefore === nth - 1 && mayBe(task, status));
    if (own !== undefined) begun.add(own.id);
    while (own === undefined && taken.has(free)) free++;
    const no = own === undefined ? free++ : numberOf(own.task);
    numbered.push({ no, id: refundIdOf(saleId, no), status, nth, asked: own });
  }
  for (const one of asked) {
    const status = begun.has(one.id) ? undefined : unbegunStatus(one.task);
    const no = numberOf(one.task);
    if (status !== undefined) numbered.push({ no, id: refundIdOf(saleId, no), status, nth: undefined, asked: one });
  }
  return numbered.sort((a, b) => a.no - b.no);
}

/** The number of the next refund of a payment. */
export function nextRefundNo(tasks: Tasks, page: SalePage): number {
  const given = askedOf(tasks, page.facts.saleId).map(({ task }) => numberOf(task));
  // Those of others have the numbers between.
  const others = refundsOf(tasks, page).filter(({ asked }) => asked === undefined).length;
  return Math.max(others + given.length, ...given) + 1;
}

function askedOf(tasks: Tasks, saleId: string): Asked[] {
  return tasks.of('refund').flatMap(([id, task]) => (task.saleId === saleId ? [{ id, task }] : []));
}

/** One that was called off before the terminal had begun has nothing to do with what others have asked since. */
function mayBe({ status, cancelReason }: Task, is: Refund['status']): boolean {
  return status !== 'CANCELED' || (cancelReason === 'SELLER_CANCELED' && is === 'REJECTED');
}

/** Of one that the journal knows nothing of: a terminal's that was called off is none at all. */
function unbegunStatus(task: Task): 'PENDING' | 'COMPLETED' | 'FAILED' | undefined {
  if (!isOver(task)) return 'PENDING';
  if (task.status === 'COMPLETED') return 'COMPLETED';
  return task.plain === true ? 'FAILED' : undefined;
}
