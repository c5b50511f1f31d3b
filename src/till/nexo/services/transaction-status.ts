import { z } from 'zod';
import { PaperjamError } from '../../../base/errors.js';
import type { SaleFacts } from '../../../terminal/facts.js';
import { type Call, keyOf, refusedBy } from '../call.js';
import {
  answered,
  failure,
  fields,
  type Header,
  MESSAGE_REFERENCE,
  type MessageReference,
  type Response,
  SUCCESS,
} from '../message.js';
import { toldOf } from '../outcome.js';
import { paymentResponse, storyOf } from '../payment-response.js';
import { RECEIPTS } from '../receipts.js';
import { service } from '../service.js';
import { isAsked, type Reversal, reversalOf, reversalResponse, toldOfReversal, whenOver } from './reversal.js';

const TRANSACTION_STATUS_REQUEST = z.object({
  MessageReference: MESSAGE_REFERENCE.optional(),
  ReceiptReprintFlag: z.boolean().optional(),
  DocumentQualifier: z.array(z.string().max(40)).max(10).optional(),
});
type StatusRequest = z.infer<typeof TRANSACTION_STATUS_REQUEST>;

/** A terminal does not answer at once that a sale is still under way, so that tills may ask in a loop (Adyen). */
const WAIT_MS = 1_000;

/**
 * What became of a message whose answer did not arrive: the same answer again, or InProgress, or NotFound. Without a
 * reference: of the latest payment.
 */
export const transactionStatus = service({
  category: 'TransactionStatus',
  kind: 'status',
  schema: TRANSACTION_STATUS_REQUEST,
  serve(call, body) {
    const { poi, header } = call;
    const reference = body.MessageReference ?? latest(call);
    if (reference === undefined) {
      notFound(call, { MessageCategory: 'Payment', SaleID: header.SaleID });
      return;
    }
    const key = keyOf({ SaleID: header.SaleID, ...reference });
    const waitMs = poi.options.statusWaitMs ?? WAIT_MS;
    const saleId = poi.counter.saleOf('nexo', key);
    if (saleId !== undefined) {
      call.line.expects(saleId);
      poi.wait((over) =>
        poi.counter.whenAnswered(saleId, waitMs, (facts) => {
          over();
          ofPayment(call, body, reference, facts, saleId);
        }),
      );
      return;
    }
    const reversal = reversalOf(poi, key);
    if (reversal === undefined || !isAsked(poi, key, reversal)) {
      notFound(call, reference);
      return;
    }
    whenOver(poi, key, reversal, waitMs, (now) => ofReversal(call, reference, now));
  },
});

function ofPayment(
  call: Call,
  body: StatusRequest,
  reference: MessageReference,
  facts: SaleFacts | undefined,
  saleId: string,
): void {
  const { poi } = call;
  if (facts === undefined) {
    const { failure: outOfService } = poi.world.terminal;
    if (outOfService !== undefined) {
      call.answer({ MessageReference: reference, Response: refusedBy(outOfService) });
      return;
    }
    // Not durable yet; or a power cut has taken it, and nobody was asked for money.
    poi.counter.saleOf('nexo', keyOf({ SaleID: call.header.SaleID, ...reference })) === undefined
      ? notFound(call, reference)
      : inProgress(call, reference);
    return;
  }
  const story = storyOf(poi, saleId);
  if (story === undefined) {
    inProgress(call, reference);
    return;
  }
  const { page, outcome } = story;
  const response = outcome.payment === 'paid' && body.ReceiptReprintFlag === true ? reprint(call, saleId) : SUCCESS;
  const wanted = RECEIPTS.filter((name) => body.DocumentQualifier?.includes(name) ?? true);
  call.answer(
    repeated(call, reference, 'Payment', paymentResponse(poi, page, outcome, wanted), response),
    ...toldOf(poi.world, saleId, outcome),
  );
}

function ofReversal(call: Call, reference: MessageReference, reversal: Reversal): void {
  const { poi } = call;
  if (reversal.outcome === undefined) {
    inProgress(call, reference);
    return;
  }
  const body = reversalResponse(poi, reversal);
  call.answer(repeated(call, reference, 'Reversal', body, SUCCESS), ...toldOfReversal(poi, reversal));
}

/** The ticket once more, marked as a copy if there can be an original; once for each message that asks for it. */
function reprint(call: Call, saleId: string): Response {
  const { poi } = call;
  if (!poi.reprints(call.key)) return SUCCESS;
  try {
    poi.counter.reprint(saleId);
    return SUCCESS;
  } catch (error) {
    if (!(error instanceof PaperjamError)) throw error;
    // The status itself is known: that the printer is not free takes nothing from it.
    return { ...SUCCESS, AdditionalResponse: fields({ reprint: 'refused', message: error.message }) };
  }
}

function repeated(
  { header, poi }: Call,
  reference: MessageReference,
  category: 'Payment' | 'Reversal',
  body: object,
  response: Response,
): object {
  const original: Omit<Header, 'MessageType'> = {
    MessageCategory: category,
    MessageClass: 'Service',
    POIID: poi.id,
    SaleID: reference.SaleID ?? header.SaleID,
    ServiceID: reference.ServiceID,
  };
  return {
    MessageReference: { ...reference, MessageCategory: category },
    RepeatedMessageResponse: {
      MessageHeader: answered(original),
      RepeatedResponseMessageBody: { [`${category}Response`]: body },
    },
    Response: response,
  };
}

function inProgress(call: Call, reference: MessageReference): void {
  const response = failure('InProgress', { message: 'Uncompleted transaction' }); // Adyen's words.
  call.answer({ MessageReference: reference, Response: response });
}

/** Adyen's words. */
function notFound(call: Call, reference: MessageReference): void {
  const { MessageCategory = 'Payment', SaleID = call.header.SaleID, ServiceID = '' } = reference;
  const asked = `last such Request has SaleID=${SaleID} ServiceID=${ServiceID}`;
  const message = `Message not found. Category=${MessageCategory}, ${asked}`;
  call.answer({ MessageReference: reference, Response: failure('NotFound', { message }) });
}

/** The latest payment that was asked for in this protocol, of those that are at hand. */
function latest({ poi }: Call): MessageReference | undefined {
  const key = poi.world.terminal.sales().findLast(({ till }) => till?.face === 'nexo')?.till?.key;
  if (key === undefined) return undefined;
  const cut = key.lastIndexOf('/');
  return { MessageCategory: 'Payment', SaleID: key.slice(0, cut), ServiceID: key.slice(cut + 1) };
}
