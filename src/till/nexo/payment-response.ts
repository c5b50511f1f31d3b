import { localTime } from '../../base/local-time.js';
import type { SalePage } from '../../terminal/book.js';
import type { SaleFacts } from '../../terminal/facts.js';
import { wasAborted } from './aborted.js';
import { failure, maskedPan, success, timeStamp } from './message.js';
import { type Outcome, outcomeOf } from './outcome.js';
import type { Poi } from './poi.js';
import { paymentReceipts, type ReceiptName } from './receipts.js';
import { ABORTED, type Refusal, refusalOf } from './refusals.js';
import { saleDataOf } from './sale-data.js';

/**
 * The answer to a payment whose outcome is final. Everything in it comes from the journal, so that it is the same again
 * whenever the till asks again, behind any reboot; but for `ticket` in AdditionalResponse, which is the ticket as it is now.
 */
export function paymentResponse(poi: Poi, page: SalePage, outcome: Outcome, receipts?: readonly ReceiptName[]): object {
  const { facts } = page;
  const { merchant } = poi.world;
  const paid = outcome.payment === 'paid';
  return {
    POIData: {
      POIReconciliationID: poi.totals.periodOf(outcome.seq),
      POITransactionID: poiTransactionId(facts, paid),
    },
    ...(paid ? { PaymentReceipt: paymentReceipts(facts, merchant, poi.id, receipts) } : {}),
    PaymentResult: {
      ...(paid ? { AmountsResp: { AuthorizedAmount: facts.amountFen / 100, Currency: 'CNY' } } : {}),
      OnlineFlag: facts.sent,
      PaymentAcquirerData: {
        ...(facts.wallet === undefined ? {} : { AcquirerID: facts.wallet }),
        AcquirerPOIID: poi.id,
        ...(paid && facts.tradeNo !== undefined
          ? {
              AcquirerTransactionID: {
                TimeStamp: timeStamp(facts.paidAtMs ?? facts.openedAtMs),
                TransactionID: facts.tradeNo,
              },
              ApprovalCode: facts.tradeNo.slice(-6),
            }
          : {}),
        MerchantID: merchant.merchantNo ?? merchant.name,
      },
      PaymentInstrumentData: instrument(facts),
    },
    Response: paid
      ? success({ ...aboutSale(poi, facts), pspReference: facts.tradeNo, payment: 'paid', ticket: facts.ticket })
      : failureResponse(poi, facts, outcome),
    SaleData: saleDataOf(facts),
  };
}

/** Before the outcome is final: nothing of what it may become. */
export function unfinishedResponse(facts: SaleFacts | undefined): object {
  return {
    ...(facts === undefined ? {} : { POIData: { POITransactionID: poiTransactionId(facts, false) } }),
    // Adyen's words for a transaction that is still being processed; the till goes on to ask for its status.
    Response: failure('InProgress', { message: 'Uncompleted transaction' }),
    ...(facts === undefined ? {} : { SaleData: saleDataOf(facts) }),
  };
}

/** The order number, and of what was paid the platform's number behind a dot, as Adyen joins tender and PSP reference. */
export function poiTransactionId({ saleId, openedAtMs, tradeNo }: SaleFacts, paid: boolean): object {
  return {
    TimeStamp: timeStamp(openedAtMs),
    TransactionID: paid && tradeNo !== undefined ? `${saleId}.${tradeNo}` : saleId,
  };
}

/** The order number in what the till was given as POITransactionID. */
export function saleIdIn(transactionId: string): string {
  return transactionId.split('.', 1)[0] ?? '';
}

/** The sale of a till's key as far as it may be told. */
export function storyOf(poi: Poi, saleId: string): { readonly page: SalePage; readonly outcome: Outcome } | undefined {
  const page = poi.world.terminal.find(saleId);
  const outcome = page === undefined ? undefined : outcomeOf(page);
  return page === undefined || outcome === undefined ? undefined : { page, outcome };
}

function failureResponse(poi: Poi, facts: SaleFacts, { payment, why }: Outcome) {
  const { condition, reason, message } = refusalFor(poi, facts.saleId, why);
  return failure(condition, {
    refusalReason: reason,
    ...aboutSale(poi, facts),
    payment,
    ticket: facts.ticket,
    message,
  });
}

function refusalFor(poi: Poi, saleId: string, why: string | undefined): Refusal {
  return why === 'cashier' && wasAborted(poi, saleId) ? ABORTED : refusalOf(why);
}

/** What Adyen's terminals add about each transaction, as far as there is such a thing here. */
function aboutSale(poi: Poi, facts: SaleFacts): Record<string, string | undefined> {
  const { amountFen, openedAtMs, paidAtMs, wallet } = facts;
  const [date = '', time = ''] = localTime(paidAtMs ?? openedAtMs, poi.world.merchant.utcOffsetMinutes).split(' ');
  return {
    tid: poi.world.merchant.terminalId,
    transactionType: 'GOODS_SERVICES',
    paymentMethod: wallet,
    merchantReference: saleDataOf(facts).SaleTransactionID.TransactionID,
    posAuthAmountValue: String(amountFen),
    posAuthAmountCurrency: 'CNY',
    txdate: date.split('-').reverse().join('-'),
    txtime: time.slice(0, 8),
    iso8601TxDate: timeStamp(paidAtMs ?? openedAtMs),
  };
}

function instrument({ wallet, code }: SaleFacts): object {
  const card = code === undefined ? {} : { EntryMode: ['Scanned'], MaskedPan: maskedPan(code), PaymentBrand: wallet };
  return { CardData: card, PaymentInstrumentType: 'Mobile' };
}
