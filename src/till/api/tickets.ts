import type { z } from 'zod';
import { type ErrorCode, PaperjamError } from '../../base/errors.js';
import type { TillKind } from '../../ports/till-faults.js';
import type { Counter } from '../counter.js';
import { type Route, route } from './route.js';
import { saleIdOf } from './sales.js';
import { LEAVE_REQUEST, SEEN_REQUEST } from './schemas.js';
import { STATE_VIEW } from './views.js';

interface Deed<Body extends z.ZodObject> {
  readonly path: string;
  readonly id: string;
  readonly title: string;
  readonly about?: string;
  readonly kind?: TillKind;
  readonly body?: Body;
  readonly bodyExample?: z.infer<Body>;
  readonly problems: readonly ErrorCode[];
  readonly act: (counter: Counter, saleId: string, body: z.infer<Body>) => void;
}

/** What people do about a sale; the answer says what the terminal is at then. */
function deed<Body extends z.ZodObject>({ path, problems, act, ...doc }: Deed<Body>): Route {
  return route({
    ...doc,
    method: 'POST',
    path: `/v1/sales/:id/${path}`,
    tag: 'sales',
    answers: { 202: { about: 'It was taken', schema: STATE_VIEW } },
    problems: ['PJ_UNKNOWN_SALE', 'PJ_JOURNAL_CHANGED', ...problems],
    handle(call, { body }) {
      const saleId = saleIdOf(call);
      act(call.counter, saleId, body);
      call.answer(202, { id: saleId, state: call.counter.world.terminal.state });
    },
  });
}

export const TICKET_ROUTES: readonly Route[] = [
  deed({
    path: 'reprint',
    id: 'reprintTicket',
    title: 'Print the ticket once more',
    about: 'It is marked 补打 COPY, unless surely no original can be on paper.',
    kind: 'print',
    problems: ['PJ_NO_TICKET', 'PJ_BUSY'],
    act: (counter, saleId) => counter.reprint(saleId),
  }),
  deed({
    path: 'ticket-seen',
    id: 'seeTicket',
    title: 'Say what a person saw of the ticket',
    body: SEEN_REQUEST,
    bodyExample: { seen: 'blank' },
    problems: ['PJ_NO_TICKET', 'PJ_NOT_NOW'],
    act: ({ world }, saleId, { seen, how }) => world.terminal.ticketSeen(saleId, seen, how),
  }),
  deed({
    path: 'decline-ticket',
    id: 'declineTicket',
    title: 'The customer wants no ticket',
    problems: ['PJ_NO_TICKET', 'PJ_NOT_NOW'],
    act: ({ world }, saleId) => world.terminal.declineTicket(saleId),
  }),
  deed({
    path: 'customer-left',
    id: 'customerLeft',
    title: 'The customer has gone without the ticket',
    problems: ['PJ_NO_TICKET', 'PJ_NOT_NOW'],
    act: ({ world }, saleId) => world.terminal.customerLeft(saleId),
  }),
  deed({
    path: 'leave-ticket',
    id: 'leaveTicket',
    title: 'Go on without the ticket, and say why',
    body: LEAVE_REQUEST,
    bodyExample: { reason: 'the shop closes' },
    problems: ['PJ_NO_TICKET', 'PJ_NOT_NOW'],
    act: ({ world }, saleId, { reason }) => world.terminal.leaveTicket(saleId, reason),
  }),
  deed({
    path: 'offer-digital',
    id: 'offerDigital',
    title: 'Give the ticket as a digital one',
    problems: ['PJ_NO_DIGITAL', 'PJ_NO_TICKET', 'PJ_BUSY'],
    act: ({ world }, saleId) => world.terminal.offerDigital(saleId),
  }),
  deed({
    path: 'print-now',
    id: 'printNow',
    title: 'The customer wants the ticket',
    about: 'Answers the question which policy.print: prompt puts.',
    kind: 'print',
    problems: ['PJ_NOT_NOW'],
    act({ world: { terminal } }, saleId) {
      terminal.page(saleId);
      if (terminal.foreground !== saleId) {
        throw new PaperjamError('PJ_NOT_NOW', { problem: `the terminal is at ${terminal.foreground ?? 'no sale'}` });
      }
      terminal.printNow();
    },
  }),
];
