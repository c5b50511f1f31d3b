import { z } from 'zod';
import { PaperjamError } from '../../../base/errors.js';
import type { SalePage } from '../../../terminal/book.js';
import type { SaleFacts } from '../../../terminal/facts.js';
import type { ShelfKind } from '../../shelf.js';
import type { ToldPayment } from '../../wire.js';
import { type Call, refusedBy } from '../call.js';
import { failure, type Response, SUCCESS, success, TRANSACTION_ID } from '../message.js';
import { poiTransactionId, saleIdIn } from '../payment-response.js';
import type { Poi } from '../poi.js';
import { service } from '../service.js';

const REVERSAL_REQUEST = z.object({
  OriginalPOITransaction: z.object({ POITransactionID: TRANSACTION_ID }),
  ReversalReason: z.enum(['CustCancel', 'MerchantCancel', 'Malfunction', 'Unable2Compl']),
  ReversedAmount: z.number().optional(),
  SaleData: z.object({ SaleTransactionID: TRANSACTION_ID.optional() }).optional(),
});

/**
 * Which sale a message was to reverse, how often that had been asked for before, and how it ended: kept, since the till may
 * ask by that message's number.
 */
const REVERSAL = z.strictObject({
  saleId: z.string(),
  original: z.string(),
  /** By this the journal tells what became of this one from what became of the others. */
  askedBefore: z.int().min(0),
  outcome: z.enum(['reversed', 'refused']).optional(),
});
export type Reversal = z.infer<typeof REVERSAL>;
const KIND: ShelfKind<Reversal> = { name: 'nexo.reversal', schema: REVERSAL };

/** How long the platform is waited for; then the till goes on to ask for the status. */
const PATIENCE_MS = 60_000;

/** The whole of a paid sale goes back (a cancel, in Alipay's words). The intent is kept before the terminal hears of it. */
export const reversal = service({
  category: 'Reversal',
  kind: 'reversal',
  schema: REVERSAL_REQUEST,
  serve(call, body) {
    const { poi } = call;
    const original = body.OriginalPOITransaction.POITransactionID.TransactionID;
    const saleId = saleIdIn(original);
    const facts = poi.counter.facts(saleId);
    const before = reversalOf(poi, call.key);
    if (before !== undefined && isAsked(poi, call.key, before)) {
      if (before.saleId === saleId) whenOver(poi, call.key, before, 0, (now) => answer(call, now));
      else call.answer({ Response: usedBefore(call, before) });
      return;
    }
    const refusal = whyRefused(facts, saleId, body.ReversedAmount) ?? poi.busyWith();
    if (refusal !== undefined) {
      call.answer({ Response: refusal });
      return;
    }
    const intent: Reversal = { saleId, original, askedBefore: facts?.reversalsAsked ?? 0 };
    forgetLost(poi, intent);
    poi.reversing.add(call.key);
    poi.shelf.put(KIND, poi.shelfId(call.key), intent, (error) => {
      if (error === undefined) {
        reverse(call, intent);
        return;
      }
      poi.reversing.delete(call.key);
      call.answer({ Response: refusedBy(error) });
    });
  },
});

function usedBefore({ header: { ServiceID } }: Call, { original }: Reversal): Response {
  const message = `ServiceID ${ServiceID} was used for the reversal of ${original} already; a new one needs a new one`;
  return failure('NotAllowed', { message });
}

/** Other messages whose reversal of this sale a power cut has taken: what becomes of this one is no answer to them. */
function forgetLost(poi: Poi, { saleId, askedBefore }: Reversal): void {
  for (const [id, other] of poi.shelf.entries(KIND)) {
    const isLost = other.saleId === saleId && other.outcome === undefined && other.askedBefore >= askedBefore;
    if (isLost && ![...poi.reversing].some((key) => poi.shelfId(key) === id)) poi.shelf.remove(KIND, id);
  }
}

function whyRefused(facts: SaleFacts | undefined, saleId: string, amount: number | undefined): Response | undefined {
  if (facts === undefined) return failure('NotFound', { message: `There is no transaction ${saleId}` });
  const whole = facts.amountFen / 100;
  if (amount !== undefined && Math.round(amount * 100) !== facts.amountFen) {
    return failure('NotAllowed', {
      message: `ReversedAmount ${amount} is a part of ${whole} CNY; only the whole goes back`,
    });
  }
  return undefined;
}

function reverse(call: Call, intent: Reversal): void {
  const { poi } = call;
  const { saleId } = intent;
  const isKnown = () => void poi.reversing.delete(call.key);
  try {
    poi.counter.reverse(saleId);
  } catch (error) {
    isKnown();
    if (error instanceof PaperjamError && error.code === 'PJ_POWER_CUT') {
      call.line.gone();
      return;
    }
    poi.shelf.remove(KIND, poi.shelfId(call.key)); // Nothing has come of it, so the number may be used again.
    call.answer({ Response: refusedBy(error) });
    return;
  }
  call.line.expects(saleId);
  poi.wait((over) =>
    poi.counter.whenReversalAsked(saleId, intent.askedBefore, (error) => {
      over();
      isKnown();
      if (error === undefined) whenOver(poi, call.key, intent, PATIENCE_MS, (now) => answer(call, now));
      else if (error instanceof PaperjamError && error.code === 'PJ_REVERSAL_LOST') call.line.gone();
      else call.answer({ Response: refusedBy(error) });
    }),
  );
}

function answer(call: Call, now: Reversal): void {
  call.answer(reversalResponse(call.poi, now), ...toldOfReversal(call.poi, now));
}

/** The reversal that a till knows by this key. */
export function reversalOf(poi: Poi, key: string): Reversal | undefined {
  return poi.shelved(KIND, key);
}

/** Whether the terminal has got it. A power cut may have come between what is kept here and the terminal's own journal. */
export function isAsked(poi: Poi, key: string, { saleId, askedBefore, outcome }: Reversal): boolean {
  if (outcome !== undefined || poi.reversing.has(key)) return true;
  return (poi.counter.facts(saleId)?.reversalsAsked ?? 0) > askedBefore;
}

/**
 * When it is known how it ended, or the time is up. The end is kept before anybody hears of it: another reversal of the same
 * sale may end in another way, and this one must not.
 */
export function whenOver(
  poi: Poi,
  key: string,
  intent: Reversal,
  withinMs: number,
  done: (now: Reversal) => void,
): void {
  if (intent.outcome !== undefined) {
    done(intent);
    return;
  }
  poi.wait((over) =>
    poi.counter.whenReversed(intent.saleId, intent.askedBefore, withinMs, () => {
      over();
      const outcome = endOf(poi.world.terminal.find(intent.saleId), intent);
      if (outcome === undefined) {
        done(intent);
        return;
      }
      const ended = { ...intent, outcome };
      poi.shelf.put(KIND, poi.shelfId(key), ended, () => done(ended)); // Unkept it is still so.
    }),
  );
}

export function toldOfReversal({ world }: Poi, { saleId, outcome }: Reversal): ToldPayment[] {
  return outcome === 'reversed' ? [{ world, saleId, payment: outcome }] : [];
}

export function reversalResponse(poi: Poi, { saleId, original, outcome }: Reversal): object {
  const facts = poi.counter.facts(saleId);
  const about = facts === undefined ? {} : { POIData: { POITransactionID: poiTransactionId(facts, true) } };
  const OriginalPOITransaction = { POITransactionID: { TransactionID: original } };
  return { ...about, OriginalPOITransaction, ...endWords(facts, outcome) };
}

function endWords(facts: SaleFacts | undefined, outcome: Reversal['outcome']): object {
  switch (outcome) {
    case 'reversed':
      return {
        Response: facts === undefined ? SUCCESS : success({ pspReference: facts.tradeNo, payment: 'reversed' }),
        ...(facts === undefined ? {} : { ReversedAmount: facts.amountFen / 100 }),
      };
    case 'refused':
      return {
        Response: failure('Refusal', {
          refusalReason: '214 Declined online',
          message: 'The platform keeps the payment',
        }),
      };
    case undefined:
      return { Response: failure('InProgress', { message: 'Uncompleted transaction' }) };
  }
}

/** How it ended, if it has, by what the journal has between this one and the next. */
function endOf(page: SalePage | undefined, { askedBefore }: Reversal): Reversal['outcome'] {
  const records = page?.records ?? [];
  const asked = records.flatMap((one, at) => (one.kind === 'cancel-intent' && one.why === 'asked' ? [at] : []));
  const from = asked[askedBefore];
  if (from === undefined) return undefined;
  const last = records.slice(from, asked[askedBefore + 1]).findLast(({ kind }) => kind === 'payment');
  if (last?.kind !== 'payment') return undefined;
  return last.fact === 'paid' ? 'refused' : 'reversed';
}
