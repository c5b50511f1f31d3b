import type { TicketState } from '../facts.js';
import type { BootPolicy } from '../journal/record.js';
import type { Words } from '../screens.js';
import type { Cause } from './cause.js';
import { CAUSES, type CauseId } from './causes/catalogue.js';

/** Causes that tell how to come to the ticket; in full where the short words stop before the reprint. */
const TICKET_TODO: Partial<Record<CauseId, Words>> = {
  ...Object.fromEntries(
    Object.entries(CAUSES)
      .filter(([id]) => /^(printer|link)\.|left-early$|print-cancelled$/.test(id))
      .map(([id, { todo }]) => [id, todo]),
  ),
  'link.printer-lost': { zh: '检查打印机连接后补打', en: 'Check the printer cable, then reprint' },
  'operation.cashier': { zh: '需要时补打', en: 'Reprint if need be' },
  'terminal.misconfigured': { zh: '联系管理员改正设置后补打', en: 'Call the manager, then reprint' },
};

/** Those that leave a choice, which is none where paper is a must. */
const ON_PAPER: Partial<Record<CauseId, Words>> = {
  'printer.faded': { zh: '检查打印机后补打', en: 'Check the printer, then reprint' },
  'customer.left-early': { zh: '补打并留给顾客', en: 'Reprint, and keep it for the customer' },
};

/** What the cause says about coming to the ticket, if it says anything that is still to be done. */
export function ticketTodoOf(
  cause: Cause | undefined,
  ticket: TicketState,
  policy: BootPolicy | undefined,
): Words | undefined {
  if (cause === undefined) return undefined;
  const looked = ticket === 'blank' || ticket === 'unreadable';
  if (looked && cause.id === 'printer.unconfirmed') return undefined; // Somebody has looked at it already.
  return (policy?.paper === 'required' ? ON_PAPER[cause.id] : undefined) ?? TICKET_TODO[cause.id];
}

export type Out = 'printed' | 'none' | 'pending' | 'digital' | 'refused';

/** Nothing is to be done about the ticket, or not yet. */
export function isOut(ticket: TicketState): ticket is Out {
  return ['printed', 'none', 'pending', 'digital', 'refused'].includes(ticket);
}

export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
