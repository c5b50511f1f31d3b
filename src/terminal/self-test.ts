import type { TicketDocument } from '../ports/ticket.js';

/** By which the job of a test page is known. */
export const SELF_TEST_JOB = 'self-test/';

/**
 * What a test page shows, so that a person sees what no sensor tells: light print, dead columns, wrong characters, paper
 * that lies the wrong way round. In ASCII, which every printer has.
 */
export const SELF_TEST_PAGE: TicketDocument = {
  elements: [
    { kind: 'text', text: 'SELF-TEST', align: 'center', bold: true, height: 2, width: 2 },
    { kind: 'rule' },
    { kind: 'text', text: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' },
    { kind: 'text', text: 'abcdefghijklmnopqrstuvwxyz' },
    { kind: 'text', text: '0123456789 .,:-*/' },
    { kind: 'text', text: '                                ', reverse: true },
    { kind: 'qr', data: 'paperjam self-test' },
    { kind: 'text', text: 'END OF SELF-TEST', align: 'center' },
    { kind: 'feed', lines: 1 },
    { kind: 'cut' },
  ],
};
