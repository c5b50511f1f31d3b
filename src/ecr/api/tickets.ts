import type { FastifyInstance } from 'fastify';
import { ticketPicture } from '../../world/pictures.js';
import type { World } from '../../world/world.js';
import { parse } from './problems.js';
import { idOf } from './sales.js';
import { PICTURE_QUERY } from './schemas.js';

/** A sale's paper: its picture, and one more ticket. */
export function serveTickets(app: FastifyInstance, world: World): void {
  app.get('/v1/sales/:id/ticket.png', (request, reply) => {
    const { piece } = parse(PICTURE_QUERY, request.query, 'query');
    const { facts } = world.terminal.page(idOf(request));
    const { png, pieces } = ticketPicture(world, facts.saleId, piece);
    return reply.type('image/png').header('paperjam-pieces', pieces).send(Buffer.from(png));
  });
  app.post('/v1/sales/:id/reprint', (request, reply) => {
    const saleId = idOf(request);
    world.people.reprint(saleId);
    return reply.code(202).send({ id: saleId, state: world.terminal.state });
  });
}
