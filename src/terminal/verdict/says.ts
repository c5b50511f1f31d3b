import type { PlatformWords } from '../../ports/acquirer.js';
import type { JobResult } from '../../ports/printer.js';
import type { JournalRecord, LeftWhy, PrinterEvidence } from '../journal/record.js';
import { maskCode } from '../payment-code.js';

/** What a record says, in a line for an engineer. */
export function says(record: JournalRecord): string {
  switch (record.kind) {
    case 'boot':
      return `boot of ${record.version}`;
    case 'sale-opened':
      return `${record.amountFen} fen for ${record.subject}`;
    case 'code-rejected':
      return `code ${maskCode(record.code)} not accepted: ${record.problem}`;
    case 'authorize-intent':
      return `about to ask ${record.wallet} for ${record.amountFen} fen`;
    case 'platform-answer':
      return [`${record.call}: ${record.outcome}`, record.code, record.words, waited(record.afterMs)]
        .filter(Boolean)
        .join(' ');
    case 'notified':
      return [`notice: ${record.outcome}`, record.tradeNo, record.code, record.words].filter(Boolean).join(' ');
    case 'cancel-intent':
      return `to be cancelled: ${record.why}`;
    case 'payment':
      return [`${record.fact} by ${record.by}`, record.tradeNo, record.why, refused(record.refusal)]
        .filter(Boolean)
        .join(' ');
    case 'unresolved':
      return 'left to the guard task';
    case 'print-intent':
      return `about to print ${record.copy === 0 ? 'the original' : `copy ${record.copy}`}, job ${record.jobId}`;
    case 'print-result':
      return `${resultSays(record.result)}${faultsSaid(record.printer)}`;
    case 'ticket-left':
      return [LEFT[record.why ?? 'next-sale'], record.reason].filter(Boolean).join(': ');
    case 'ticket-seen':
      return `a person saw job ${record.jobId}: ${record.seen}${record.how === undefined ? '' : `, ${record.how}`}`;
    case 'ticket-declined':
      return 'the customer wants no ticket';
    case 'ticket-digital':
      return `given as a digital ticket: ${record.url}`;
    case 'scan-ignored':
      return `code ${record.code} was read at ${record.state}, where none was asked for`;
    case 'key-refused':
      return `the ${record.key} key was pressed at ${record.state}, and refused`;
    case 'self-test':
      if (record.phase === 'begun') return `about to print a test page, job ${record.jobId}`;
      return record.phase === 'seen'
        ? `a person saw the test page: ${record.seen}`
        : `test page: ${resultSays(record.result)}`;
    case 'page':
      return record.phase === 'begun'
        ? `about to print a page, job ${record.jobId}`
        : `page ${record.jobId}: ${resultSays(record.result)}`;
    case 'delivery':
      return `answer to ${record.to} ${record.fact}`;
  }
}

const LEFT: Record<LeftWhy, string> = {
  skipped: 'the cashier went on without the ticket',
  'customer-left': 'the customer had gone',
  'next-sale': 'the cashier went on without the ticket, to the next sale',
};

function resultSays(result: JobResult): string {
  if (result.outcome === 'printed') return `printed, confirmed by ${result.confirmedBy}`;
  if (result.outcome === 'unconfirmed') return 'sent to a printer that confirms nothing';
  const upTo = result.outcome === 'not-printed' ? '' : ` at block ${result.block} of ${result.blocks}`;
  return `${result.outcome}${upTo}: ${result.reason}`;
}

function faultsSaid(printer: PrinterEvidence | undefined): string {
  if (printer === undefined || printer.faults.length === 0) return '';
  return ` (the printer told: ${printer.faults.join(', ')})`;
}

function refused(refusal: PlatformWords | undefined): string {
  return refusal === undefined ? '' : `(not given back: ${refusal.code} ${refusal.words})`;
}

function waited(afterMs: number | undefined): string {
  return afterMs === undefined ? '' : `after ${Math.round(afterMs)} ms`;
}
