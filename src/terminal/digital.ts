import type { DigitalTicket } from '../ports/digital.js';
import type { Merchant } from './context.js';
import type { SaleFacts } from './facts.js';

/** What the digital ticket of a paid sale says. */
export function digitalTicketOf(sale: SaleFacts, { name, terminalId }: Merchant): DigitalTicket {
  const { saleId, amountFen, subject, tradeNo, paidAtMs } = sale;
  return {
    orderNo: saleId,
    amountFen,
    subject,
    merchant: name,
    terminalId,
    ...(tradeNo === undefined ? {} : { tradeNo }),
    ...(paidAtMs === undefined ? {} : { paidAtMs }),
  };
}
