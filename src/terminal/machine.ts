/**
 * The terminal's firmware: one sale in the foreground, from the amount to the ticket.
 *
 * Rules that hold on every path: nothing is authorised twice (only a code read in `scanning` leads to `authorize`, and a
 * sale is in `scanning` once); what is unknown is asked about, then cancelled without a gap; from the first cancel on,
 * only the cancel's answer settles the sale, since a cancel under way may still arrive, and no ticket is printed for it.
 */
import { initialContext } from './actions.js';
import { guardedSetup } from './conditions.js';
import { noAnswer, SCANNED, show } from './state-kit.js';
import { ticketStates } from './ticket-states.js';

export const terminalMachine = guardedSetup.createMachine({
  id: 'terminal',
  context: ({ input }) => initialContext(input),
  initial: 'boot',
  on: {
    PRINTER_STATUS: { actions: 'notePrinter' },
    SETTLED: { actions: 'takeSettled' },
    TEXT: { actions: 'noteText' },
    FOUND_PAID: { actions: 'queueTicket' },
    NOTIFIED: { actions: 'recordNotice' },
    TOLD: { actions: 'recordTold' },
    BUSY: { actions: ['recordRefusedKey', show('busy')] },
    AUTHORIZED: { actions: 'recordLateAnswer' },
    STORAGE_FAILED: '.outOfService',
  },
  states: {
    boot: { entry: ['boot', show('boot')], always: 'next' },
    /** Takes up what boot found open, one after the other. */
    next: {
      always: [
        { guard: 'nextIsAsk', target: 'settling.querying', actions: 'takeNext' },
        { guard: 'nextIsReverse', target: 'reversing', actions: 'takeNext' },
        { guard: 'nextIsDigital', target: 'digital', actions: 'takeNext' },
        { guard: 'nextIsPrint', target: 'paid', actions: 'takeNext' },
        { target: 'idle' },
      ],
    },
    scanning: {
      entry: show('scanning'),
      after: { scanTimeout: { target: 'notScanned', actions: 'recordNothingSent' } },
      on: {
        SCAN: [
          { guard: 'codeAccepted', target: 'settling', actions: ['recordIntent', 'authorize'] },
          { actions: ['rejectCode', show('codeRejected')] },
        ],
        CANCEL: { target: 'givenUp', actions: 'recordNothingSent' },
        BUSY: { actions: ['recordRefusedKey', show('busyScanning')] },
      },
    },
    /** The platform has the order, or may have it, and the terminal does not know yet what becomes of it. */
    settling: {
      initial: 'authorizing',
      on: {
        AUTHORIZED: [
          { guard: 'paid', target: 'paid', actions: 'recordPaid' },
          { guard: 'refused', target: 'declined', actions: ['recordAnswer', 'recordNotPaid'] },
          { guard: 'anyAnswer', actions: 'recordAnswer' },
        ],
        QUERIED: [
          { guard: 'paid', target: 'paid', actions: 'recordPaid' },
          { guard: 'refunded', target: 'reversed', actions: ['recordAnswer', 'recordNotPaid'] },
          { guard: 'closed', target: 'expired', actions: ['recordAnswer', 'recordNotPaid'] },
          { guard: 'anyAnswer', actions: 'recordAnswer' },
        ],
        NOTIFIED: { guard: 'paid', target: 'paid', actions: ['recordNotice', 'recordPaid'] },
        CANCEL: { target: 'reversing', actions: 'recordGiveUp' },
        ...SCANNED,
      },
      states: {
        authorizing: {
          entry: show('authorizing'),
          after: { authorizeTimeout: { target: 'querying', actions: noAnswer('authorize') } },
          on: {
            AUTHORIZED: [
              { guard: 'waiting', target: 'awaitingBuyer', actions: 'recordAnswer' },
              { guard: 'unclear', target: 'querying', actions: 'recordAnswer' },
            ],
            CANCEL: { target: 'givingUp', actions: 'recordGiveUp' },
          },
        },
        /**
         * The cashier gave up while the request was on its way. A cancel must not overtake it: it would find nothing, and
         * the request would be booked after all.
         */
        givingUp: {
          entry: show('reversing'),
          after: { authorizeTimeout: { target: '#terminal.reversing', actions: noAnswer('authorize') } },
          on: {
            AUTHORIZED: [
              { guard: 'refused', target: '#terminal.declined', actions: ['recordAnswer', 'recordNotPaid'] },
              { guard: 'anyAnswer', target: '#terminal.reversing', actions: 'recordAnswer' },
            ],
            NOTIFIED: { actions: 'recordNotice' },
            CANCEL: {},
          },
        },
        /** The customer's phone asks for the password. */
        awaitingBuyer: { entry: show('awaitingBuyer'), after: { queryInterval: 'querying' } },
        querying: {
          entry: ['query', show('querying')],
          after: {
            queryTimeout: [
              { guard: 'queriesLeft', target: 'pausing', actions: noAnswer('query') },
              { target: '#terminal.reversing', actions: [noAnswer('query'), 'recordGiveUp'] },
            ],
          },
          on: {
            QUERIED: [
              { guard: 'unclearToTheEnd', target: '#terminal.reversing', actions: ['recordAnswer', 'recordGiveUp'] },
              { guard: 'waiting', target: 'awaitingBuyer', actions: 'recordAnswer' },
              { guard: 'unclear', target: 'pausing', actions: 'recordAnswer' },
            ],
          },
        },
        pausing: { entry: show('pausing'), after: { queryInterval: 'querying' } },
      },
    },
    /** The order is to be closed on the platform too: cancelled until it is answered. */
    reversing: {
      initial: 'calling',
      on: {
        AUTHORIZED: { guard: 'anyAnswer', actions: 'recordAnswer' },
        QUERIED: { guard: 'anyAnswer', actions: 'recordAnswer' },
        CANCELLED: [
          { guard: 'refunded', target: 'reversed', actions: ['recordAnswer', 'recordNotPaid'] },
          { guard: 'cancelled', target: 'expired', actions: ['recordAnswer', 'recordNotPaid'] },
          { guard: 'cancelUnclear', target: '.pausing', actions: 'recordAnswer' },
          { guard: 'reversalRefused', target: '.asking', actions: ['recordAnswer', 'noteRefusal'] },
          { guard: 'anyAnswer', target: 'unresolved', actions: 'recordAnswer' },
        ],
        ...SCANNED,
      },
      states: {
        calling: {
          entry: ['cancel', show('reversing')],
          after: {
            cancelTimeout: [
              { guard: 'cancelsLeft', target: 'pausing', actions: noAnswer('cancel') },
              { target: '#terminal.unresolved', actions: noAnswer('cancel') },
            ],
          },
        },
        pausing: { after: { cancelInterval: 'calling' } },
        /** The only cancel that there was has been refused for good, so nothing is under way that could still arrive. */
        asking: {
          entry: 'query',
          after: { queryTimeout: { target: '#terminal.unresolved', actions: noAnswer('query') } },
          on: {
            QUERIED: [
              { guard: 'paid', target: '#terminal.notReversed', actions: 'recordNotReversed' },
              { guard: 'closed', target: '#terminal.reversed', actions: ['recordAnswer', 'recordNotPaid'] },
              { guard: 'anyAnswer', target: '#terminal.unresolved', actions: 'recordAnswer' },
            ],
          },
        },
      },
    },
    ...ticketStates,
    /** The journal cannot be written any more, so nothing may be done: a restart reads what is there and goes on. */
    outOfService: { entry: show('outOfService') },
  },
});
