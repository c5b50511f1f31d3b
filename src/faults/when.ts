import { z } from 'zod';
import { firstProblem, nearest } from '../base/problem.js';
import type { Moment, Moments } from '../ports/faults.js';

export const DAY_MS = 86_400_000;

const NTH = z.int().min(1).max(1_000_000).optional();

/** Each moment by the field that makes it one. */
const MOMENTS = {
  afterMs: z.strictObject({ afterMs: z.number().min(0).max(DAY_MS) }),
  line: z.strictObject({ line: z.int().min(1).max(1_000_000) }),
  byte: z.strictObject({
    byte: z.int().min(1).max(1_000_000_000),
    from: z.enum(['terminal', 'printer']).optional(),
  }),
  event: z.strictObject({ event: z.int().min(1).max(1_000_000_000) }),
  state: z.strictObject({ state: z.string(), nth: NTH }),
  request: z.strictObject({ request: z.int().min(1).max(1_000_000), method: z.string().optional() }),
  answer: z.strictObject({
    answer: z.int().min(1).max(1_000_000),
    method: z.string().optional(),
    at: z.enum(['arrived', 'taken']).optional(),
  }),
  journal: z.strictObject({ journal: z.string(), at: z.enum(['append', 'synced']).optional(), nth: NTH }),
  till: z.strictObject({
    till: z.enum(['sale', 'status', 'abort', 'reversal', 'print', 'other']),
    at: z.enum(['arrived', 'answered']).optional(),
    nth: NTH,
  }),
};

export const WHEN = z.union(
  [
    z.literal('now'),
    MOMENTS.afterMs,
    MOMENTS.line,
    MOMENTS.byte,
    MOMENTS.event,
    MOMENTS.state,
    MOMENTS.request,
    MOMENTS.answer,
    MOMENTS.journal,
    MOMENTS.till,
  ],
  'must be "now", {"afterMs": milliseconds, a day at most}, {"line": 1 or more}, ' +
    '{"byte": 1 or more, "from": "terminal" or "printer"}, {"event": 1 or more}, ' +
    '{"state": a state of the terminal}, {"request": 1 or more, "method": a method}, ' +
    '{"answer": 1 or more, "method": a method, "at": "arrived" or "taken"}, ' +
    '{"journal": a kind of record, "at": "append" or "synced"} or ' +
    '{"till": what a till asks for, "at": "arrived" or "answered"}; "nth" beside state, journal and till',
);

/**
 * When a fault begins: at once; a time from now; in the n-th line that is printed from now on; when so many more bytes
 * have gone to the printer, or have come back from it; when so many more events of virtual time are over; when the terminal
 * enters a state; when the n-th request from now on is about to leave for the platform; when the n-th answer has arrived
 * and the terminal has not got it yet, or (`taken`) has done at once what it does about it; when the journal's storage has
 * been handed a record, or (if nothing is said) when that has become durable; when a till's request of a kind has arrived
 * and nothing is done about it yet, or when its answer is about to leave.
 */
export type When = Readonly<z.infer<typeof WHEN>>;

/** What is wrong with a moment of which it can be told which one is meant, and where; else the schema has to say it. */
export function whenProblem(given: unknown): { path: string; problem: string } | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const [, moment] = Object.entries(MOMENTS).find(([field]) => Object.hasOwn(given, field)) ?? [];
  const parsed = moment?.safeParse(given, { reportInput: true });
  if (moment === undefined || parsed?.success !== false) return undefined;
  const { path, problem } = firstProblem(parsed.error, moment);
  return { path: path === 'its top' ? 'when' : `when.${path}`, problem };
}

/** Those that the terminal itself has to tell of. */
export type TerminalWhen = Extract<
  When,
  { state: string } | { request: number } | { answer: number } | { journal: string } | { till: string }
>;

/** Whether the terminal has to tell of it. */
export function isTerminalWhen(when: When): when is TerminalWhen {
  return when !== 'now' && ['state', 'request', 'answer', 'journal', 'till'].some((field) => field in when);
}

/** Which one counts of those that fit, from 1. */
export function countOf(when: TerminalWhen): number {
  if ('request' in when) return when.request;
  return 'answer' in when ? when.answer : (when.nth ?? 1);
}

/** Whether it is one of the moments that are meant. A state is entered when what was before is no part of it. */
export function fits(when: TerminalWhen, moment: Moment): boolean {
  if ('state' in when) {
    return 'state' in moment && isWithin(moment.state, when.state) && !isWithin(moment.from, when.state);
  }
  if ('request' in when) return 'request' in moment && (when.method ?? moment.request) === moment.request;
  if ('answer' in when) {
    return (
      'answer' in moment && (when.method ?? moment.answer) === moment.answer && moment.at === (when.at ?? 'arrived')
    );
  }
  if ('till' in when) return 'till' in moment && moment.till === when.till && moment.at === (when.at ?? 'arrived');
  return 'journal' in moment && moment.journal === when.journal && moment.at === (when.at ?? 'synced');
}

/** `settling.querying` is within `settling`, and within itself. */
function isWithin(state: string, outer: string): boolean {
  return state === outer || state.startsWith(`${outer}.`);
}

/** What is wrong with the names in it, and where: a state, a method, a kind of record that is not known. */
export function unknownName(
  when: TerminalWhen,
  moments: Omit<Moments, 'watch'>,
): { path: string; problem: string } | undefined {
  if ('state' in when) return unknown('when.state', when.state, moments.states);
  if ('journal' in when) return unknown('when.journal', when.journal, moments.records);
  if ('till' in when) return undefined; // Its schema knows all of them.
  return when.method === undefined ? undefined : unknown('when.method', when.method, moments.methods);
}

function unknown(path: string, name: string, known: readonly string[]): { path: string; problem: string } | undefined {
  if (known.includes(name)) return undefined;
  const near = nearest(name, known);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  return { path, problem: `there is no ${JSON.stringify(name.slice(0, 80))}${hint} (allowed: ${known.join(', ')})` };
}

/** In words, for people. */
export function whenText(when: When): string {
  if (when === 'now') return 'at once';
  if ('afterMs' in when) return `after ${when.afterMs} ms`;
  if ('line' in when) return `in line ${when.line} of what is printed next`;
  if ('byte' in when) {
    const way = when.from === 'printer' ? 'come from' : 'gone to';
    return `when ${when.byte} more bytes have ${way} the printer`;
  }
  if ('event' in when) return `when ${when.event} more events are over`;
  if ('request' in when) return `at request ${when.request} to the platform${when.method ? ` of ${when.method}` : ''}`;
  if ('answer' in when) {
    const whose = when.method === undefined ? '' : ` to ${when.method}`;
    return `when answer ${when.answer}${whose} ${when.at === 'taken' ? 'has been taken' : 'arrives'}`;
  }
  const nth = when.nth === undefined ? '' : `, time ${when.nth}`;
  if ('state' in when) return `when the terminal enters ${when.state}${nth}`;
  if ('till' in when)
    return `when a till's request (${when.till}) ${when.at === 'answered' ? 'is about to be answered' : 'arrives'}${nth}`;
  return `when the journal's record ${when.journal} is ${when.at === 'append' ? 'written' : 'durable'}${nth}`;
}
