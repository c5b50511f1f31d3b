import type { ErrorCode } from '../base/errors.js';
import type { SweepFailure } from '../sim/sweep/batch.js';
import type { Verdict } from '../terminal/verdict/verdict.js';

/** Exit codes, for scripts. */
export const EXIT = {
  /** Paid and printed; or the command did what it should. */
  ok: 0,
  /** A replay in which the printer answered differently; evidence that was changed, a ticket that is not genuine. */
  different: 1,
  usage: 2,
  paidNotPrinted: 10,
  notPaid: 20,
  unknown: 30,
  /** Ended by Ctrl-C before it was through. */
  stopped: 130,
} as const;

/** Exit codes of a run of the test station, by its outcome; 2 is a command line or a plan that is not accepted. */
export const STATION_EXIT = { PASS: 0, FAIL: 1, ERROR: 3, ABORTED: 4 } as const;

/** Exit codes of fixtures that were run, by their outcome; 2 is a command line or a fixture that is not accepted. */
export const RUN_EXIT = { passed: 0, failed: 1, broken: 3, stopped: EXIT.stopped } as const;

/** Exit codes of a sweep: the worst that was found; 2 is a command line that is not accepted. */
export const SWEEP_EXIT = {
  held: 0,
  /** Something that has to be seen sometimes was not. */
  notSeen: 1,
  crash: 3,
  safety: 4,
  liveness: 5,
  divergence: 6,
  stopped: EXIT.stopped,
} as const;

/** The worst first. What a run had not expected is as bad as what must never be. */
const WORST_FIRST: readonly (readonly [SweepFailure['kind'], number])[] = [
  ['crash', SWEEP_EXIT.crash],
  ['safety', SWEEP_EXIT.safety],
  ['expectation', SWEEP_EXIT.safety],
  ['divergence', SWEEP_EXIT.divergence],
  ['liveness', SWEEP_EXIT.liveness],
];

/** `failed`: of which kinds something did; `missed`: something that has to be seen. */
export function sweepExitOf(
  failed: ReadonlyMap<SweepFailure['kind'], number>,
  { missed = false, stopped }: { readonly missed?: boolean; readonly stopped: boolean },
): number {
  const worst = WORST_FIRST.find(([kind]) => failed.has(kind));
  if (worst !== undefined) return worst[1];
  if (stopped) return SWEEP_EXIT.stopped;
  return missed ? SWEEP_EXIT.notSeen : SWEEP_EXIT.held;
}

export function exitCodeOf({ payment, ticket }: Pick<Verdict, 'payment' | 'ticket'>): number {
  if (payment === 'unknown') return EXIT.unknown;
  if (payment !== 'paid') return EXIT.notPaid;
  return ticket === 'printed' ? EXIT.ok : EXIT.paidNotPrinted;
}

/** An error means that nothing was begun, except a journal that fails in the middle of a sale: a restart will tell. */
export function exitCodeOfError(code: ErrorCode): number {
  if (code === 'PJ_EVIDENCE_CHANGED' || code === 'PJ_EVIDENCE_KEY' || code === 'PJ_TICKET_NOT_GENUINE')
    return EXIT.different;
  return code === 'PJ_STORAGE_FULL' || code === 'PJ_STORAGE_FAILED' ? EXIT.unknown : EXIT.usage;
}
