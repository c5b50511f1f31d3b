import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import { Align, Model, Printer } from 'escpos-buffer';
import thermal from 'node-thermal-printer';
import { transform } from 'receiptline';
import type { TicketDocument, TicketElement } from '../ports/ticket.js';

/** What all encoders are asked to make: the same sales slip, in letters that every one of them knows. */
export interface Slip {
  readonly shop: string;
  readonly title: string;
  /** Label and value, at both edges of the paper. */
  readonly facts: readonly (readonly [string, string])[];
  readonly amount: readonly [string, string];
  readonly status: readonly [string, string];
  readonly code: string;
  readonly end: string;
}

/** One slip for each number, all different. */
export function slipOf(n: number): Slip {
  const orderNo = `T0120261125185301${String(n).padStart(6, '0')}`;
  return {
    shop: 'Corner Cafe',
    title: 'SALES SLIP',
    facts: [
      ['Order', orderNo],
      ['Terminal', 'T01'],
      ['Time', '2026-11-25 18:53:01'],
      ['Item', 'Latte, large'],
      ['Paid by', 'Alipay'],
      ['Payer', '159****0042'],
      ['Trade', `20261125${String(n).padStart(14, '0')}`],
    ],
    amount: ['Total', `CNY ${(12.8 + (n % 50)).toFixed(2)}`],
    status: ['Status', 'PAID'],
    code: orderNo,
    end: 'THANK YOU',
  };
}

const COLUMNS = 48;
const edges = ([label, value]: readonly [string, string], columns = COLUMNS) =>
  label + value.padStart(columns - label.length);

/** As paperjam's own ticket document. */
export function asDocument(slip: Slip): TicketDocument {
  const pair = ([label, value]: readonly [string, string]): TicketElement => ({ kind: 'pair', label, value });
  return {
    elements: [
      { kind: 'text', text: slip.shop, align: 'center', bold: true, width: 2, height: 2 },
      { kind: 'text', text: slip.title, align: 'center' },
      { kind: 'rule' },
      ...slip.facts.map(pair),
      { kind: 'rule' },
      { kind: 'pair', label: slip.amount[0], value: slip.amount[1], bold: true, width: 2, height: 2 },
      pair(slip.status),
      { kind: 'rule' },
      { kind: 'qr', data: slip.code, level: 'L' },
      { kind: 'text', text: slip.end, align: 'center' },
      { kind: 'feed', lines: 1 },
      { kind: 'cut' },
    ],
  };
}

/** One printer kept, as its documentation shows; its output is cleared after each slip. */
export function nodeThermalPrinter(): (slip: Slip) => Uint8Array {
  const { ThermalPrinter, PrinterTypes } = thermal;
  const printer = new ThermalPrinter({ type: PrinterTypes.EPSON, interface: 'tcp://127.0.0.1', width: COLUMNS });
  return (slip) => {
    printer.clear();
    printer.alignCenter();
    printer.bold(true);
    printer.setTextSize(1, 1);
    printer.println(slip.shop);
    printer.setTextNormal();
    printer.bold(false);
    printer.println(slip.title);
    printer.alignLeft();
    printer.drawLine();
    for (const [label, value] of slip.facts) printer.leftRight(label, value);
    printer.drawLine();
    printer.bold(true);
    printer.setTextSize(1, 1);
    printer.println(edges(slip.amount, COLUMNS / 2));
    printer.setTextNormal();
    printer.bold(false);
    printer.leftRight(...slip.status);
    printer.drawLine();
    printer.alignCenter();
    printer.printQR(slip.code, { cellSize: 6, correction: 'L', model: 2 });
    printer.println(slip.end);
    printer.newLine();
    printer.cut();
    return printer.getBuffer();
  };
}

/** The library that paperjam takes its sequences from, used for a whole slip, as its documentation shows. */
export async function escposBuffer(): Promise<(slip: Slip) => Promise<Uint8Array>> {
  const written: Buffer[] = [];
  const connection = {
    open: async () => {},
    close: async () => {},
    write: async (bytes: Buffer) => {
      written.push(bytes);
    },
  };
  const printer = await Printer.CONNECT(new Model('TM-T88'), connection);
  await printer.setColumns(COLUMNS);
  const big = { bold: true, width: 2, height: 2 };
  return async (slip) => {
    written.length = 0;
    await printer.withStyle({ ...big, align: Align.Center }, () => printer.writeln(slip.shop));
    await printer.writeln(slip.title, 0, Align.Center);
    await printer.writeln('-'.repeat(COLUMNS));
    for (const fact of slip.facts) await printer.writeln(edges(fact));
    await printer.writeln('-'.repeat(COLUMNS));
    await printer.withStyle(big, () => printer.writeln(edges(slip.amount, COLUMNS / 2)));
    await printer.writeln(edges(slip.status));
    await printer.writeln('-'.repeat(COLUMNS));
    await printer.setAlignment(Align.Center);
    await printer.qrcode(slip.code, 6);
    await printer.writeln(slip.end, 0, Align.Center);
    await printer.feed(1);
    await printer.cutter();
    return Buffer.concat(written);
  };
}

export function receiptline(slip: Slip): Uint8Array {
  const text = [
    `^^"${slip.shop}`,
    slip.title,
    '-',
    ...slip.facts.map(([label, value]) => `${label} | ${value.replaceAll('*', '\\x2a')}`),
    '-',
    `^^"${slip.amount[0]} | ^^"${slip.amount[1]}`,
    slip.status.join(' | '),
    '-',
    `{code:${slip.code};option:qrcode,6,l}`,
    slip.end,
    '=',
  ].join('\n');
  return Buffer.from(transform(text, { command: 'escpos', encoding: 'cp437', cpl: COLUMNS, spacing: false }), 'latin1');
}

export function receiptPrinterEncoder(): (slip: Slip) => Uint8Array {
  const encoder = new ReceiptPrinterEncoder({ language: 'esc-pos', columns: COLUMNS });
  const columns = [
    { width: 12, align: 'left' as const },
    { width: COLUMNS - 12, align: 'right' as const },
  ];
  return (slip) =>
    encoder
      .initialize()
      .align('center')
      .bold(true)
      .size(2, 2)
      .line(slip.shop)
      .size(1, 1)
      .bold(false)
      .line(slip.title)
      .align('left')
      .rule()
      .table(
        columns,
        slip.facts.map(([label, value]) => [label, value]),
      )
      .rule()
      .bold(true)
      .size(2, 2)
      .line(edges(slip.amount, COLUMNS / 2))
      .size(1, 1)
      .bold(false)
      .table(columns, [[...slip.status]])
      .rule()
      .align('center')
      .qrcode(slip.code, { model: 2, size: 6, errorlevel: 'l' })
      .line(slip.end)
      .newline()
      .cut()
      .encode();
}
