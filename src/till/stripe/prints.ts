import type { JobResult, PrinterFault } from '../../ports/printer.js';
import type { ActionFailure } from './store.js';
import type { ActionState } from './views/reader.js';

/** Stripe's names for what is wrong with a printer (stripe.dev/stripe-terminal-android, TerminalErrorCode), as failure codes. */
const CODES: Readonly<Record<PrinterFault, readonly [code: string, words: string]>> = {
  'paper-out': ['printer_out_of_paper', 'The printer is out of paper.'],
  'cover-open': ['printer_cover_open', "The printer's cover or head assembly is open."],
  'mechanical-error': ['printer_paperjam', 'The printer has a paper jam.'],
  'cutter-error': ['printer_paperjam', 'The cutter of the printer is blocked.'],
  overheat: ['printer_unavailable', 'The head of the printer is too hot.'],
  'unrecoverable-error': ['printer_error', 'The printer has an error that only a repair ends.'],
  offline: ['printer_unavailable', 'The printer is offline.'],
  'link-lost': ['printer_unavailable', 'The reader has no connection to its printer.'],
  'no-answer': ['printer_unavailable', 'The printer does not answer.'],
  stalled: ['printer_busy', 'The printer is busy and does not get on.'],
  unprintable: ['printer_error', 'The printer cannot print this.'],
  cancelled: ['printer_error', 'The print was called off.'],
  'power-cut': ['connection_error', 'The reader lost its power while it printed.'],
};

const ABSENT: ActionFailure = { code: 'printer_absent', message: 'The reader does not have a printer.' };

/** The page is in no journal: the power went between the command and the first byte. */
export const NOT_BEGUN: ActionFailure = {
  code: 'connection_error',
  message: 'The reader lost its power before it printed anything.',
};

/**
 * How printing ended, as an action's end. What a mute printer was sent counts as printed: a failure would have the till send
 * it once more.
 */
export function printEnd(result: JobResult, absent: boolean): ActionState {
  if (result.outcome === 'printed' || result.outcome === 'unconfirmed') return { status: 'succeeded' };
  if (absent) return { status: 'failed', failure: ABSENT };
  const [code, words] = CODES[result.reason];
  const how = { partial: ' A part of it is on the paper.', unknown: ' It may be on the paper.', 'not-printed': '' };
  return { status: 'failed', failure: { code, message: `${words}${how[result.outcome]}` } };
}
