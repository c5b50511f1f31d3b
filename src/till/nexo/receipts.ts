import { localTime } from '../../base/local-time.js';
import { formatYuan } from '../../base/money.js';
import type { Merchant } from '../../terminal/context.js';
import type { SaleFacts } from '../../terminal/facts.js';
import { maskedPan, percentEncoded } from './message.js';
import { saleDataOf } from './sale-data.js';

export const RECEIPTS = ['CashierReceipt', 'CustomerReceipt'] as const;
export type ReceiptName = (typeof RECEIPTS)[number];

/** A line of a receipt: a key by which tills find it, and what is printed for it. A filler is an empty line. */
interface Line {
  readonly key: string;
  readonly name?: string;
  readonly value?: string;
  readonly bold?: boolean;
}

const FILLER: Line = { key: 'filler' };

/**
 * The receipts of a paid sale as they come with the answer, for the till to print or to send: lines of
 * `name=…&value=…&key=…`, percent-encoded (Adyen: receipts, structure of the receipt data). The terminal's own printer
 * prints its ticket by itself.
 */
export function paymentReceipts(
  facts: SaleFacts,
  merchant: Merchant,
  poiId: string,
  wanted: readonly ReceiptName[] = RECEIPTS,
): object[] {
  return wanted.map((name) => ({
    DocumentQualifier: name,
    OutputContent: { OutputFormat: 'Text', OutputText: linesOf(name, facts, merchant, poiId).map(outputText) },
    RequiredSignatureFlag: false,
  }));
}

function linesOf(name: ReceiptName, facts: SaleFacts, merchant: Merchant, poiId: string): Line[] {
  const { saleId, amountFen, tradeNo = '', wallet = '', code = '' } = facts;
  const [date, time] = localTime(facts.paidAtMs ?? facts.openedAtMs, merchant.utcOffsetMinutes).split(' ');
  const { TransactionID } = saleDataOf(facts).SaleTransactionID;
  const customer = name === 'CustomerReceipt';
  return [
    { key: 'header1', name: merchant.name, bold: true },
    customer
      ? { key: 'cardholderHeader', name: 'CARDHOLDER COPY', bold: true }
      : { key: 'merchantTitle', name: 'MERCHANT COPY', bold: true },
    FILLER,
    { key: 'txdate', name: 'Date', value: date ?? '' },
    { key: 'txtime', name: 'Time', value: (time ?? '').slice(0, 8) },
    FILLER,
    { key: 'pan', name: 'Code', value: maskedPan(code) },
    { key: 'paymentMethod', name: 'Payment method', value: wallet },
    { key: 'posEntryMode', name: 'Entry mode', value: 'Scanned' },
    FILLER,
    ...(merchant.merchantNo === undefined ? [] : [{ key: 'mid', name: 'MID', value: merchant.merchantNo }]),
    { key: 'tid', name: 'TID', value: poiId },
    { key: 'ptid', name: 'PTID', value: merchant.terminalId },
    FILLER,
    { key: 'authCode', name: 'Auth. code', value: tradeNo.slice(-6) },
    { key: 'txRef', name: 'Tender', value: saleId },
    { key: 'mref', name: 'Reference', value: TransactionID },
    FILLER,
    { key: 'txtype', name: 'Type', value: 'GOODS_SERVICES' },
    { key: 'totalAmount', name: 'TOTAL', value: `¥\u00a0${formatYuan(amountFen)}`, bold: true },
    FILLER,
    { key: 'approved', name: 'APPROVED', bold: true },
    ...(customer
      ? [FILLER, { key: 'retain', name: 'Please retain for your records' }, { key: 'thanks', name: 'Thank you' }]
      : []),
  ];
}

function outputText({ key, name, value, bold = false }: Line): object {
  const parts = [
    ...(name === undefined ? [] : [`name=${percentEncoded(name)}`]),
    ...(value === undefined ? [] : [`value=${percentEncoded(value)}`]),
    `key=${key}`,
  ];
  return { ...(bold ? { CharacterStyle: 'Bold' } : {}), EndOfLineFlag: true, Text: parts.join('&') };
}
