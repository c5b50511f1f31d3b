import type { FastifyInstance } from 'fastify';
import { PaperjamError } from '../../base/errors.js';
import { ticketPicture } from '../../world/pictures.js';
import type { World } from '../../world/world.js';
import { parse } from './problems.js';
import { idOf } from './sales.js';
import { LEAVE_REQUEST, PICTURE_QUERY, SEEN_REQUEST } from './schemas.js';

/** A sale's paper: its picture, one more ticket, and what people say of it. */
export function serveTickets(app: FastifyInstance, world: World): void {
  app.get('/v1/sales/:id/ticket.png', (request, reply) => {
    const { piece } = parse(PICTURE_QUERY, request.query, 'query');
    const { facts } = world.terminal.page(idOf(request));
    const { png, pieces } = ticketPicture(world, facts.saleId, piece);
    return reply.type('image/png').header('paperjam-pieces', pieces).send(Buffer.from(png));
  });
  /** What people do about a sale's ticket; the answer says what has become of it so far. */
  const post = (path: string, act: (saleId: string, body: unknown) => void) =>
    app.post(`/v1/sales/:id/${path}`, (request, reply) => {
      const saleId = idOf(request);
      act(saleId, request.body);
      return reply.code(202).send({ id: saleId, state: world.terminal.state });
    });
  post('reprint', (saleId) => world.people.reprint(saleId));
  post('ticket-seen', (saleId, body) => {
    const { seen, how } = parse(SEEN_REQUEST, body, 'body');
    world.terminal.ticketSeen(saleId, seen, how);
  });
  post('decline-ticket', (saleId) => world.terminal.declineTicket(saleId));
  post('customer-left', (saleId) => world.terminal.customerLeft(saleId));
  post('leave-ticket', (saleId, body) => world.terminal.leaveTicket(saleId, parse(LEAVE_REQUEST, body, 'body').reason));
  post('offer-digital', (saleId) => world.terminal.offerDigital(saleId));
  post('print-now', (saleId) => {
    const { terminal } = world;
    terminal.page(saleId);
    if (terminal.foreground !== saleId) {
      throw new PaperjamError('PJ_NOT_NOW', { problem: `the terminal is at ${terminal.foreground ?? 'no sale'}` });
    }
    terminal.printNow();
  });
}
