import type { PaperPiece } from '../../../src/emulator/printer/paper/piece.js';
import type { Wallet } from '../../../src/ports/acquirer.js';
import type { PrinterProfile } from '../../../src/ports/device.js';
import type { TicketDocument } from '../../../src/ports/ticket.js';
import type { Dialect } from '../../../src/printer/dialect.js';
import { applyEntry, type SaleFacts } from '../../../src/terminal/facts.js';
import { Rendering } from '../../../src/world/render.js';

/** What a test says of a sale that was paid. */
export interface PaidSale {
  readonly saleId: string;
  readonly amountFen: number;
  readonly subject: string;
  readonly wallet: Wallet;
  readonly tradeNo: string;
  readonly buyer?: string | undefined;
  readonly paidAtMs?: number | undefined;
}

/** The facts of a paid sale, by the journal's own fold. */
export function paidSale({ saleId, amountFen, subject, wallet, tradeNo, buyer, paidAtMs }: PaidSale): SaleFacts {
  const opened = applyEntry(undefined, { kind: 'sale-opened', saleId, amountFen, subject }, 1_767_225_600_000);
  const code = '281234567890123456';
  const sent = applyEntry(opened, { kind: 'authorize-intent', saleId, amountFen, code, wallet }, 0);
  return applyEntry(sent, { kind: 'payment', saleId, fact: 'paid', by: 'authorize', tradeNo, buyer, paidAtMs }, 0);
}

/** The pieces of paper that come out of an emulated printer, which has no other bytes than those of the ticket. */
export function printed(ticket: TicketDocument, dialect: Dialect, profile: PrinterProfile): PaperPiece[] {
  const pieces: PaperPiece[] = [];
  const rendering = new Rendering({ profile, paper: (piece) => pieces.push(piece) });
  for (const block of dialect.encode(ticket).blocks) rendering.feed(block.bytes);
  const { unknown, warnings } = rendering.finish();
  if (unknown.length + warnings.length > 0) throw new Error(JSON.stringify({ unknown, warnings }));
  return pieces;
}
