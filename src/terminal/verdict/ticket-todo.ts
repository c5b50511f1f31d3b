import type { TicketState } from '../facts.js';
import type { Words } from '../screens.js';
import { CAUSES, type CauseId } from './causes/catalogue.js';

/** Causes that tell how to come to the ticket; in full where the short words stop before the reprint. */
export const TICKET_TODO: Partial<Record<CauseId, Words>> = {
  ...Object.fromEntries(
    Object.entries(CAUSES)
      .filter(([id]) => /^(printer|link)\.|left-early$/.test(id))
      .map(([id, { todo }]) => [id, todo]),
  ),
  'link.printer-lost': { zh: '检查打印机连接后补打', en: 'Check the cable, then reprint' },
  'terminal.misconfigured': { zh: '联系管理员改正设置后补打', en: 'Call the manager, then reprint' },
};

export type Out = 'printed' | 'none' | 'pending' | 'digital' | 'refused';

/** Nothing is to be done about the ticket, or not yet. */
export function isOut(ticket: TicketState): ticket is Out {
  return ['printed', 'none', 'pending', 'digital', 'refused'].includes(ticket);
}

export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
