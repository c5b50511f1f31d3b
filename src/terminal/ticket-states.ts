/** The states around the ticket, from a payment to the next sale. */
import {
  ending,
  endingUnpaid,
  FAULT_TOLD,
  FREE,
  SCANNED,
  SCANNED_QUIETLY,
  SCANNED_TOO_SOON,
  show,
} from './state-kit.js';

export const ticketStates = {
  idle: {
    tags: ['free'],
    entry: show('idle'),
    on: {
      ...FREE,
      PRINTER_STATUS: { actions: ['notePrinter', show('idle')] },
      TEXT: { actions: ['noteText', show('idle')] },
      FOUND_PAID: { target: '#terminal.next', actions: 'queueTicket' },
      SCAN: '#terminal.unasked',
    },
  },
  /** A code was shown, and there is no sale yet: it belongs to nobody's sale, and nothing is written about it. */
  unasked: { ...ending('enterAmount', {}), after: { result: '#terminal.idle' } },
  /** What a till has printed beside the tickets. One that had failed to come out is taken up again behind it. */
  page: {
    entry: show('page'),
    on: {
      BUSY: { actions: show('busyPage') },
      PRINTED: [
        { guard: 'endsDeferring', target: '#terminal.printFault', actions: 'recordPage' },
        { guard: 'endsPage', target: '#terminal.next', actions: 'recordPage' },
      ],
    },
  },
  paid: { always: [{ guard: 'asksToPrint', target: '#terminal.prompting' }, { target: '#terminal.printing' }] },
  /** Is a ticket wanted? Without an answer it is printed: a ticket too many does no harm. */
  prompting: {
    entry: show('askPrint'),
    after: { prompt: '#terminal.printing' },
    on: {
      PRINT_NOW: '#terminal.printing',
      DIGITAL: { target: '#terminal.digital', actions: 'recordDigital' },
      TOLD: [
        { guard: 'toldDeclined', target: '#terminal.noTicket', actions: 'recordTold' },
        { guard: 'toldLeft', target: '#terminal.next', actions: 'recordTold' },
      ],
      BUSY: { actions: 'recordRefusedKey' },
      ...SCANNED_QUIETLY,
    },
  },
  printing: {
    entry: ['print', show('printing')],
    on: {
      PRINTED: [
        { guard: 'jobPrinted', target: '#terminal.done', actions: 'recordPrinted' },
        { guard: 'jobUnconfirmed', target: '#terminal.unconfirmed', actions: 'recordPrinted' },
        { guard: 'jobFailed', target: '#terminal.printFault', actions: 'recordPrinted' },
      ],
      BUSY: { actions: ['recordRefusedKey', show('busy')] },
      ...SCANNED,
    },
  },
  /** The ticket did not come out, or not so that it can be read. What then is done unasked is a matter of policy. */
  printFault: {
    tags: ['free'],
    entry: show('printFault'),
    always: { guard: 'offersDigital', target: '#terminal.digital', actions: 'recordDigital' },
    after: {
      result: { guard: 'reprintsItself', target: '#terminal.printing' },
      voidDue: { guard: 'toBeVoided', target: '#terminal.reversing', actions: 'recordVoid' },
    },
    on: {
      PRINTER_STATUS: [
        { guard: 'reprintsItself', target: '#terminal.printing', actions: 'notePrinter' },
        { actions: ['notePrinter', show('printFault')] },
      ],
      // A ticket that is held lets no other sale in: the desk refuses that, and tells of it as BUSY.
      REPRINT: { target: '#terminal.printing', actions: ['leaveTicket', 'takeReprint'] },
      REVERSE: { target: '#terminal.reversing', actions: ['leaveTicket', 'takeReprint', 'recordAsked'] },
      DIGITAL: { target: '#terminal.digital', actions: ['leaveTicket', 'takeReprint', 'recordDigital'] },
      SELL: { target: '#terminal.scanning', actions: ['leaveTicket', 'open'] },
      PAGE: { target: '#terminal.page', actions: ['beginPage', 'deferTicket'] },
      NO_PAPER: { actions: show('printFault') },
      BUSY: { actions: show('held') },
      TOLD: FAULT_TOLD,
      ...SCANNED_QUIETLY,
    },
  },
  /** The display shows the code of the digital ticket. */
  digital: {
    tags: ['free'],
    entry: show('digital'),
    after: { digital: '#terminal.next' },
    on: { ...FREE, ...SCANNED_QUIETLY },
  },
  done: ending('done', SCANNED),
  /** The printer cannot say what it did: a person looks at the paper, and asks for a copy if there is need of one. */
  unconfirmed: {
    ...ending('unconfirmed', SCANNED_QUIETLY),
    on: { ...FREE, ...SCANNED_QUIETLY, TOLD: FAULT_TOLD },
  },
  /** The customer wants none. */
  noTicket: ending('noTicket', SCANNED),
  declined: endingUnpaid('declined', SCANNED_TOO_SOON),
  notScanned: endingUnpaid('notScanned', SCANNED_TOO_SOON),
  givenUp: endingUnpaid('givenUp', SCANNED_TOO_SOON),
  expired: endingUnpaid('expired', SCANNED_TOO_SOON),
  reversed: endingUnpaid('reversed', SCANNED_TOO_SOON),
  /** Its money was to go back, and the platform will not: it is paid as before. */
  notReversed: ending('notReversed', SCANNED),
  unresolved: { ...endingUnpaid('unresolved', SCANNED_QUIETLY), entry: ['recordUnresolved', show('unresolved')] },
  /** Policy wants paper, and the printer can print none: no sale is begun. */
  paperRequired: ending('paperRequired', {}),
  /** A test page, for the people who look after the printer. */
  selfTest: {
    entry: show('selfTest'),
    on: {
      BUSY: { actions: show('busyTesting') },
      PRINTED: { guard: 'endsSelfTest', target: '#terminal.next', actions: 'recordSelfTest' },
    },
  },
} as const;
