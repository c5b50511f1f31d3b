import { DEFAULT_VOID_AFTER_MS, type Policy, type TerminalContext } from './context.js';
import { mayBeVoided, type SaleFacts } from './facts.js';
import type { BootPolicy } from './journal/record.js';

/** The policy with its defaults, as the journal tells it. */
export function settledPolicy(policy: Policy): BootPolicy {
  const { reprint, unprinted = 'keep-and-reprint', paper = 'optional', print = 'at-once' } = policy;
  const voidAfterMs = voidAfterMsOf(policy);
  return { reprint, unprinted, ...(voidAfterMs === undefined ? {} : { voidAfterMs }), paper, print };
}

/** How long a paid sale may be without its ticket, where policy then gives the money back. */
export function voidAfterMsOf({ unprinted, voidAfterMs = DEFAULT_VOID_AFTER_MS }: Policy): number | undefined {
  return unprinted === 'void-if-unprinted' ? voidAfterMs : undefined;
}

const GIVEN: readonly SaleFacts['ticket'][] = ['printed', 'refused'];

/**
 * Why a paid sale without its ticket does not give way to the next one by itself: paper is a must, or its money may yet go
 * back. `undefined`: it does.
 */
export function holdOf(facts: SaleFacts, { paper }: Policy): 'paper' | 'void' | undefined {
  if (facts.payment !== 'paid' || facts.ticketLeft || GIVEN.includes(facts.ticket)) return undefined;
  if (paper === 'required') return 'paper';
  return mayBeVoided(facts) ? 'void' : undefined;
}

/** Whether a ticket that failed to come out is to be offered as a digital one, unasked. */
export function offersDigital({ facts, policy, digitalUrl }: TerminalContext): boolean {
  const wanted = policy.unprinted === 'offer-digital' && policy.paper !== 'required';
  return wanted && digitalUrl !== undefined && facts !== undefined && facts.ticket !== 'digital';
}

/** From the first failure on, and never longer, if the clock was set back; a ticket that is not to be voided has no such time. */
export function voidDueInMs({ facts, now }: TerminalContext): number | undefined {
  if (facts?.voidAfterMs === undefined) return undefined;
  const dueInMs = (facts.unprintedSinceMs ?? now()) + facts.voidAfterMs - now();
  return Math.min(Math.max(0, dueInMs), facts.voidAfterMs);
}
