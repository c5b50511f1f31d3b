import type { Call } from './call.js';
import { type Cloud, refusalFor } from './cloud.js';
import { chargeIdOf } from './ids.js';
import { isOnline } from './readers.js';
import type { Refund } from './refunds.js';
import { invalid, readerTrouble, type StripeRefusal } from './refusal.js';
import { type Sale, wasPaid } from './sales.js';
import { whenFree } from './way.js';

/** How long an answer waits for the platform to return the money. After that the refund is `pending`. */
const REFUND_WAIT_MS = 30_000;

export interface RefundRequest {
  readonly amount?: number | undefined;
  readonly reason?: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The refund that this request has made before. Throws a `StripeRefusal` when there is nothing to give back. */
export function madeBefore(cloud: Cloud, call: Call, sale: Sale, { amount }: RefundRequest): Refund | undefined {
  const { facts } = sale;
  const id = chargeIdOf(facts.saleId);
  if (!wasPaid(facts)) {
    throw invalid(`Charge ${id} was not successful, so there is nothing to refund.`, { code: 'charge_not_refundable' });
  }
  if (amount !== undefined && amount > facts.amountFen) {
    throw invalid(`Refund amount (${amount}) is greater than charge amount (${facts.amountFen})`, { param: 'amount' });
  }
  if (amount !== undefined && amount < facts.amountFen) {
    throw invalid(
      `Only the whole amount (${facts.amountFen}) of charge ${id} can be refunded at this terminal. Leave amount out.`,
      { code: 'charge_not_refundable', param: 'amount' },
    );
  }
  const latest = cloud.refunds.latest(sale);
  if (latest === undefined || latest.status === 'failed') return undefined;
  if (call.key !== undefined && latest.entry.by === call.key) return latest;
  throw invalid(`Charge ${id} has already been refunded.`, { code: 'charge_already_refunded' });
}

/**
 * Asks the terminal to give the money of a paid sale back. `done` is called once: with which time it is that this is asked,
 * when that is durable in the journal; or with why not.
 */
export function giveBack(
  cloud: Cloud,
  call: Call,
  sale: Sale,
  { reason, metadata }: RefundRequest,
  done: (refused: StripeRefusal | undefined, nth: number) => void,
): void {
  const { counter, facts } = sale;
  const { saleId } = facts;
  const reader = cloud.readers.of(counter);
  if (!isOnline(reader)) return void done(readerTrouble('terminal_reader_offline'), 0);
  cloud.hold(reader, (release) => {
    whenFree(counter, (refusal) => {
      const askedBefore = counter.facts(saleId)?.reversalsAsked ?? 0;
      const end = (refused?: StripeRefusal) => {
        release();
        done(refused, askedBefore + 1);
      };
      if (refusal !== undefined) return end(refusal);
      // One that a power cut has taken was never asked.
      const tries = (cloud.refunds.entry(facts)?.tries ?? []).filter((one) => one.askedBefore < askedBefore);
      try {
        counter.reverse(saleId);
      } catch (error) {
        return end(refusalFor(error));
      }
      const entry = {
        askedBefore,
        ...(call.key === undefined ? {} : { by: call.key }),
        reason: reason ?? null,
        metadata: { ...metadata },
        createdMs: cloud.clock.now(),
      };
      call.expects(counter.world, saleId);
      cloud.refunds.put({ saleId, tries: [...tries, entry] }, () => whenAsked(cloud, sale, askedBefore, end));
    });
  });
}

/** Until the journal says durably that the money is asked back: a power cut before that takes the whole request. */
function whenAsked(
  { clock }: Cloud,
  { counter, facts: { saleId } }: Sale,
  askedBefore: number,
  done: (refusal?: StripeRefusal) => void,
): void {
  let over = false;
  const end = (refusal?: StripeRefusal) => {
    if (over) return;
    over = true;
    clock.clearTimeout(timer);
    forget();
    done(refusal);
  };
  let forget = () => {};
  const timer = clock.setTimeout(() => end(readerTrouble('terminal_reader_timeout')), REFUND_WAIT_MS);
  forget = counter.whenReversalAsked(saleId, askedBefore, (error) =>
    end(error === undefined ? undefined : refusalFor(error)),
  );
}

/** When the platform has answered this one for good, or the guard task has it, or the time is up. */
export function whenReturned({ counter, facts }: Sale, nth: number, done: () => void): void {
  counter.whenReversed(facts.saleId, nth - 1, REFUND_WAIT_MS, () => done());
}
