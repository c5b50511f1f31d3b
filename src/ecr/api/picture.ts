import { parse } from '../../till/api/parse.js';
import { PICTURE_QUERY } from '../../till/api/schemas.js';
import { ticketPicture } from '../../world/pictures.js';
import { type OwnRoute, paramsOf } from './own-route.js';

export const PICTURE_ROUTE: OwnRoute = {
  method: 'GET',
  path: '/v1/sales/:id/ticket.png',
  id: 'getTicketPicture',
  tag: 'sales',
  title: 'The paper as it came out of the emulated printer',
  ofTerminal: true,
  query: PICTURE_QUERY,
  answers: {
    200: {
      about: 'A picture, one bit for each dot',
      type: 'image/png',
      headers: { 'paperjam-pieces': 'how many pieces of paper the sale has' },
    },
  },
  problems: ['PJ_UNKNOWN_SALE', 'PJ_NO_PAPER', 'PJ_JOURNAL_CHANGED'],
  serve(request, reply, { world }) {
    const { piece } = parse(PICTURE_QUERY, request.query, 'query');
    const { facts } = world.terminal.page(paramsOf(request).id ?? '');
    const { png, pieces } = ticketPicture(world, facts.saleId, piece);
    return reply.type('image/png').header('paperjam-pieces', pieces).send(Buffer.from(png));
  },
};
