/**
 * What can happen to a terminal in a situation: people, the platform's answers, the printer, time and power. Only what a
 * world can do: an answer comes to a question, a key does what the desk lets it do, a sale that was refused is not paid.
 */
import type { SaleFacts } from '../../terminal/facts.js';
import { holdOf } from '../../terminal/policy.js';
import { delaysOf, type Fate, foregroundOf, type Situation, stateOf } from './situation.js';

export type DeedType =
  | 'SELL'
  | 'BUSY'
  | 'NO_PAPER'
  | 'SCAN'
  | 'CANCEL'
  | 'REPRINT'
  | 'REVERSE'
  | 'DIGITAL'
  | 'PRINT_NOW'
  | 'SELF_TEST'
  | 'PAGE'
  | 'TEXT'
  | 'TOLD'
  | 'AUTHORIZED'
  | 'QUERIED'
  | 'CANCELLED'
  | 'NOTIFIED'
  /** The guard task has found it paid. */
  | 'FOUND_PAID'
  | 'PRINTED'
  | 'PRINTER_STATUS'
  | 'AFTER'
  | 'POWER_CUT'
  | 'STORAGE_FAILED';

/** One event of a path. Its type is the machine's, but for `AFTER` (a delay ends) and `POWER_CUT` (and a boot). */
export interface Deed {
  readonly type: DeedType;
  /** Which answer, result, code, delay, or what is told. */
  readonly word?: string;
  /** About which sale, from 0. */
  readonly sale?: number;
}

/** `AUTHORIZED waiting (sale 1)`. */
export function deedText({ type, word, sale }: Deed): string {
  return `${type}${word === undefined ? '' : ` ${word}`}${sale === undefined ? '' : ` (sale ${sale + 1})`}`;
}

const PRINTS_MOST = 2;
const BOOTS_MOST = 2;

export function possibleDeeds(situation: Situation): readonly Deed[] {
  if (stateOf(situation) === 'outOfService' || isRepetition(situation)) return [];
  // A page has nothing to do with a sale: that it ends, and that nothing else is begun, is all there is to it.
  if (stateOf(situation) === 'page') return [...printer(situation), { type: 'BUSY', word: 'sale' }];
  return [
    ...keys(situation),
    ...tickets(situation),
    ...answers(situation),
    ...printer(situation),
    ...delaysOf(situation).map((word): Deed => ({ type: 'AFTER', word })),
    ...(situation.boots < BOOTS_MOST ? [{ type: 'POWER_CUT' } as const] : []),
    // It shows when something is to be stored, and a sale that was begun is.
    ...(stateOf(situation) === 'scanning' ? [{ type: 'STORAGE_FAILED' } as const] : []),
  ];
}

/**
 * A second sale is of interest for as long as the first can come back before it has an end of its own: behind one that has
 * left nothing to come back to, and from its own payment on, all is as it was with the first.
 */
function isRepetition(situation: Situation): boolean {
  const [first, second] = situation.sales;
  if (first === undefined || second === undefined) return false;
  const over = first.facts.payment !== 'paid' && !first.guarded;
  return over || second.facts.payment === 'paid' || foregroundOf(situation) === 0;
}

function keys(situation: Situation): Deed[] {
  const { machine, sales, house } = situation;
  const { printer } = machine.context;
  const state = stateOf(situation);
  const deeds: Deed[] = [{ type: 'SCAN', word: 'code' }, { type: 'CANCEL' }];
  if (state === 'scanning') deeds.push({ type: 'SCAN', word: 'of-no-wallet' });
  if (state === 'scanning' || state === 'idle') deeds.push({ type: 'TEXT' });
  if (state === 'prompting') deeds.push({ type: 'PRINT_NOW' });
  if (!machine.hasTag('free')) return [...deeds, { type: 'BUSY', word: 'sale' }];
  if (state !== 'printFault') deeds.push({ type: 'SELF_TEST' });
  if (isHeld(situation)) return [...deeds, { type: 'BUSY', word: 'held' }];
  deeds.push({ type: 'PAGE' });
  if (house.policy.paper === 'required' && !printer.ready) return [...deeds, { type: 'NO_PAPER' }];
  if (sales.length < house.sales) deeds.push({ type: 'SELL' });
  return deeds;
}

/** Whether the sale in the foreground holds back every other one (`TicketDesk.checkHold`). */
function isHeld(situation: Situation): boolean {
  const { facts } = situation.machine.context;
  if (stateOf(situation) !== 'printFault' || facts === undefined) return false;
  return holdOf(facts, situation.house.policy) !== undefined;
}

/** What people can do about tickets, as the desk lets them. */
function tickets(situation: Situation): Deed[] {
  const { machine, sales, house } = situation;
  const state = stateOf(situation);
  const foreground = foregroundOf(situation);
  return sales.flatMap(({ facts: durable }, sale) => {
    const facts = sale === foreground ? (machine.context.facts ?? durable) : durable;
    if (facts.payment !== 'paid') return [];
    const deeds: Deed[] = [];
    const mayBegin = machine.hasTag('free') && (sale === foreground || !isHeld(situation));
    if (mayBegin && facts.prints.length < PRINTS_MOST) {
      deeds.push({ type: 'REPRINT', sale });
      if (isPlain(facts)) deeds.push({ type: 'REVERSE', sale });
    }
    const asks = state === 'prompting' && sale === foreground;
    if ((mayBegin || asks) && holdOf(facts, house.policy) !== 'paper') deeds.push({ type: 'DIGITAL', sale });
    const told = (word: string) => deeds.push({ type: 'TOLD', word, sale });
    const attempt = facts.prints.findLast(({ result }) => result?.outcome !== 'not-printed');
    if (attempt?.result !== undefined) {
      told('blank');
      if (attempt.result.outcome !== 'partial') told('complete');
    }
    const isPrinting = state === 'printing' && sale === foreground;
    if (facts.ticket !== 'printed' && facts.ticket !== 'refused' && !isPrinting) told('declined');
    if (facts.leftWhy !== 'customer-left') told('left');
    return deeds;
  });
}

/** What a person has told of a ticket makes no difference to where the money goes: one of each sort is looked at. */
function isPlain({ prints, ticketLeft }: SaleFacts): boolean {
  return !ticketLeft && prints.every(({ seen }) => seen === undefined);
}

/** After which fates of its order a sale can get an answer. */
const ANSWERS: Readonly<Record<'AUTHORIZED' | 'QUERIED' | 'CANCELLED', Readonly<Record<string, readonly Fate[]>>>> = {
  AUTHORIZED: {
    paid: ['unknown', 'paid'],
    waiting: ['unknown', 'waiting'],
    refused: ['unknown'],
    unknown: ['unknown', 'waiting', 'paid', 'refunded', 'closed'],
  },
  QUERIED: {
    paid: ['unknown', 'waiting', 'paid'],
    waiting: ['unknown', 'waiting'],
    closed: ['waiting', 'closed'],
    refunded: ['paid', 'unknown'],
    unknown: ['unknown', 'waiting', 'paid', 'refunded', 'closed'],
  },
  CANCELLED: {
    close: ['unknown', 'waiting'],
    refund: ['unknown', 'paid'],
    retry: ['unknown', 'waiting', 'paid'],
    refused: ['unknown', 'waiting', 'paid'],
  },
};

function answers({ asked, sales }: Situation): Deed[] {
  const deeds: Deed[] = [];
  for (const type of ['AUTHORIZED', 'QUERIED', 'CANCELLED'] as const) {
    const sale = asked[type];
    const fate = sale === undefined ? undefined : sales[sale]?.fate;
    if (sale === undefined || fate === undefined) continue;
    for (const [word, fates] of Object.entries(ANSWERS[type])) {
      if (fates.includes(fate)) deeds.push({ type, word, sale });
    }
  }
  for (const [sale, { facts, fate, guarded, noticed }] of sales.entries()) {
    const mayBePaid = facts.sent && ['unknown', 'waiting', 'paid'].includes(fate);
    if (mayBePaid && !noticed) deeds.push({ type: 'NOTIFIED', word: 'paid', sale });
    if (mayBePaid && guarded) deeds.push({ type: 'FOUND_PAID', sale });
  }
  return deeds;
}

function printer({ machine, job }: Situation): Deed[] {
  const { ready } = machine.context.printer;
  const deeds: Deed[] = [{ type: 'PRINTER_STATUS', word: ready ? 'fault' : 'ready' }];
  if (job === undefined) return deeds;
  if (machine.matches('selfTest')) return [...deeds, { type: 'PRINTED', word: 'printed' }];
  if (machine.matches('page')) return [...deeds, { type: 'PRINTED', word: ready ? 'printed' : 'not-printed' }];
  const results = ready ? ['printed', 'unconfirmed', 'unprintable'] : ['partial', 'unknown', 'not-printed'];
  for (const word of results) deeds.push({ type: 'PRINTED', word });
  return deeds;
}
