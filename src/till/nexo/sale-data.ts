import { z } from 'zod';
import type { SaleFacts } from '../../terminal/facts.js';
import { TRANSACTION_ID, type TransactionId, text } from './message.js';

/** What the till calls its sale. Answers carry it again, also those behind a reboot: so the journal keeps it. */
export const SALE_DATA = z.object({
  SaleTransactionID: TRANSACTION_ID.extend({ TimeStamp: z.string().regex(/^\S{1,40}$/, 'must be a date with a time') }),
  OperatorID: text(64).optional(),
  SaleReferenceID: text(100).optional(),
});

/** As it stands in the journal beside the till's key: amount, time and name, which is last since it may hold spaces. */
export function fingerprint(amountFen: number, { TimeStamp, TransactionID }: TransactionId): string {
  return `${amountFen} ${TimeStamp} ${TransactionID}`;
}

/** Back from the journal. */
export function saleDataOf({ till }: SaleFacts): { readonly SaleTransactionID: TransactionId } {
  const [, TimeStamp = '', TransactionID = ''] = /^\d+ (\S+) ([\s\S]*)$/.exec(till?.of ?? '') ?? [];
  return { SaleTransactionID: { TimeStamp, TransactionID } };
}

/** The same from a body that may not fit, for an answer that says so. */
export function saleDataIn(body: unknown): { readonly SaleData?: { readonly SaleTransactionID: TransactionId } } {
  const parsed = z.object({ SaleData: SALE_DATA }).safeParse(body);
  if (!parsed.success) return {};
  const { SaleTransactionID } = parsed.data.SaleData;
  return { SaleData: { SaleTransactionID } };
}
