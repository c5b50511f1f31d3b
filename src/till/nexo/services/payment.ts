import { z } from 'zod';
import { PaperjamError } from '../../../base/errors.js';
import { isFinal, type SaleFacts } from '../../../terminal/facts.js';
import { type Call, refusedBy } from '../call.js';
import type { HeldCode } from '../code-reader.js';
import { failure, type Response, TRANSACTION_ID, type TransactionId, text } from '../message.js';
import { toldOf } from '../outcome.js';
import { paymentResponse, storyOf, unfinishedResponse } from '../payment-response.js';
import { busy, type Poi } from '../poi.js';
import { fingerprint, SALE_DATA, saleDataIn, saleDataOf } from '../sale-data.js';
import { service } from '../service.js';
import { steerByAmount } from '../test-amounts.js';

export const PAYMENT_REQUEST = z.object({
  SaleData: SALE_DATA,
  PaymentTransaction: z.object({
    AmountsReq: z.object({
      Currency: text(10),
      RequestedAmount: z.number(),
      CashBackAmount: z.number().optional(),
    }),
  }),
  PaymentData: z
    .object({
      PaymentType: text(40).optional(),
      SplitPaymentFlag: z.boolean().optional(),
      CardAcquisitionReference: TRANSACTION_ID.optional(),
    })
    .optional(),
});
type PaymentRequest = z.infer<typeof PAYMENT_REQUEST>;

/**
 * Money from a customer. Its ServiceID is the till's key to the sale: it stands in the journal with the sale, so that the
 * same message again, also behind a reboot, never begins a second one.
 */
export const payment = service({
  category: 'Payment',
  kind: 'sale',
  schema: PAYMENT_REQUEST,
  serve(call, body) {
    const { poi } = call;
    const before = poi.counter.saleOf('nexo', call.key);
    if (before !== undefined) {
      repeat(call, body, before);
      return;
    }
    const amountFen = amountFenOf(body);
    const refusal = whyRefused(body, amountFen) ?? poi.busyWith();
    if (refusal !== undefined) {
      call.answer(failed(refusal, body));
      return;
    }
    sell(call, body, amountFen);
  },
  failed,
});

function failed(response: Response, body: unknown): object {
  return { Response: response, ...saleDataIn(body) };
}

function sell(call: Call, body: PaymentRequest, amountFen: number): void {
  const { poi } = call;
  const { SaleTransactionID } = body.SaleData;
  const reference = body.PaymentData?.CardAcquisitionReference;
  const held = heldFor(poi, reference);
  if (reference !== undefined && held === undefined) {
    const message = `There is no card acquisition ${reference.TransactionID}, or none any more`;
    call.answer(failed(failure('NotFound', { message }), body));
    return;
  }
  poi.reader.stop(); // Who was about to show a code shows it to this sale.
  let saleId: string;
  try {
    // A code is held for this one: nobody comes, and it is read out once the platform knows how to take it.
    const custom = held === undefined ? {} : { custom: 'none' as const };
    const of = fingerprint(amountFen, SaleTransactionID);
    ({ saleId } = poi.counter.open({ face: 'nexo', key: call.key, of, amountFen, ...custom }));
  } catch (error) {
    if (error instanceof PaperjamError && error.code === 'PJ_POWER_CUT') {
      call.line.gone();
      return;
    }
    call.answer(
      failed(error instanceof PaperjamError && error.code === 'PJ_BUSY' ? busyAt(call) : refusedBy(error), body),
    );
    return;
  }
  if (poi.options.testAmounts !== false) steerByAmount(poi.world, saleId, amountFen);
  if (held !== undefined) {
    poi.reader.release();
    poi.world.terminal.scan(held.reading.code);
  }
  call.line.expects(saleId);
  poi.wait((over) =>
    poi.counter.whenAnswered(saleId, poi.options.patienceMs ?? PATIENCE_MS, (facts) => {
      over();
      const { failure: outOfService } = poi.world.terminal;
      // Nothing of it could be kept, so nobody was asked for money.
      if (facts === undefined && outOfService !== undefined) call.answer(failed(refusedBy(outOfService), body));
      else answer(call, facts);
    }),
  );
}

/** The code to pay with. One that was read for another payment stays where it is: it may be another customer's. */
function heldFor({ reader: { held } }: Poi, reference: TransactionId | undefined): HeldCode | undefined {
  const isMeant = reference === undefined ? held?.ahead : held?.id.TransactionID === reference.TransactionID;
  return isMeant === true ? held : undefined;
}

/** Adyen: payment requests time out after this. */
const PATIENCE_MS = 120_000;

/** As soon as it is said for good; before that only that it is not. */
function answer(call: Call, facts: SaleFacts | undefined): void {
  if (facts === undefined) {
    call.line.gone(); // The power took it before anybody was asked for money.
    return;
  }
  const story = storyOf(call.poi, facts.saleId);
  if (story === undefined) {
    call.answer(unfinishedResponse(facts));
    return;
  }
  const { page, outcome } = story;
  call.answer(paymentResponse(call.poi, page, outcome), ...toldOf(call.poi.world, facts.saleId, outcome));
}

/** The same number again: the same answer again, or none yet. For anything else that is asked it says nothing of the sale. */
function repeat(call: Call, body: PaymentRequest, saleId: string): void {
  const { counter, world } = call.poi;
  const facts = counter.facts(saleId);
  const amountFen = amountFenOf(body);
  const refusal = whyRefused(body, amountFen) ?? whyAnother(call, body, amountFen, facts);
  if (refusal !== undefined) {
    call.answer(failed(refusal, body));
    return;
  }
  if (facts === undefined) {
    const { failure: outOfService } = world.terminal;
    if (outOfService !== undefined) call.answer(failed(refusedBy(outOfService), body));
    else call.answer({ ...unfinishedResponse(undefined), ...saleDataIn(body) });
    return;
  }
  call.line.expects(saleId);
  answer(call, facts);
}

/** When the number stands for another payment than this one. */
function whyAnother(
  { poi: { counter }, key, header: { ServiceID } }: Call,
  { SaleData: { SaleTransactionID } }: PaymentRequest,
  amountFen: number,
  facts: SaleFacts | undefined,
): Response | undefined {
  try {
    // There is one of this key, so this begins none.
    counter.open({ face: 'nexo', key, of: fingerprint(amountFen, SaleTransactionID), amountFen });
    return undefined;
  } catch (error) {
    if (!(error instanceof PaperjamError && error.code === 'PJ_KEY_REUSED')) throw error;
    const message = `ServiceID ${ServiceID} was used for ${usedFor(facts, amountFen)} already; a new payment needs a new one`;
    return failure('NotAllowed', { message });
  }
}

function usedFor(facts: SaleFacts | undefined, amountFen: number): string {
  if (facts === undefined) return 'another payment';
  if (facts.amountFen !== amountFen) return `${facts.amountFen / 100} CNY`;
  const { TransactionID, TimeStamp } = saleDataOf(facts).SaleTransactionID;
  return `SaleTransactionID ${TransactionID} of ${TimeStamp}`;
}

/** `NaN` for what is no amount of fen. */
function amountFenOf({ PaymentTransaction: { AmountsReq } }: PaymentRequest): number {
  const fen = AmountsReq.RequestedAmount * 100;
  const whole = Math.round(fen);
  return Math.abs(fen - whole) < 1e-6 ? whole : Number.NaN; // 10.10 * 100 is not quite 1010.
}

function whyRefused({ PaymentTransaction, PaymentData }: PaymentRequest, amountFen: number): Response | undefined {
  const { Currency, RequestedAmount, CashBackAmount = 0 } = PaymentTransaction.AmountsReq;
  const refuse = (message: string) => failure('NotAllowed', { message });
  if (Currency !== 'CNY') return refuse(`Currency ${Currency} is not accepted; allowed: CNY`);
  if (Number.isNaN(amountFen)) return refuse(`RequestedAmount ${RequestedAmount} has more than two decimals`);
  if (CashBackAmount !== 0) return refuse(`CashBackAmount ${CashBackAmount} is not accepted; allowed: 0`);
  const { PaymentType = 'Normal', SplitPaymentFlag = false } = PaymentData ?? {};
  if (PaymentType !== 'Normal') return refuse(`PaymentType ${PaymentType} is not accepted; allowed: Normal`);
  return SplitPaymentFlag ? refuse('SplitPaymentFlag true is not accepted; allowed: false') : undefined;
}

/** Names the payment under way if it is a till's of this protocol. */
function busyAt({ poi }: Call): Response {
  const { foreground } = poi.world.terminal;
  const facts = foreground === undefined ? undefined : poi.counter.facts(foreground);
  const key = facts?.till?.face === 'nexo' && !isFinal(facts) ? facts.till.key : undefined;
  return busy('PaymentRequest', key?.slice(key.lastIndexOf('/') + 1));
}
