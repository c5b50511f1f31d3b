import type { FastifyInstance } from 'fastify';
import type { World } from '../../world/world.js';
import { genuinePage, notGenuinePage } from './digital-page.js';

/**
 * `GET /t/…`: the page behind the QR code of a digital ticket. All that it shows stands signed in the address; of the
 * journal it only asks whether the money has gone back since.
 */
export function serveDigitalTickets(app: FastifyInstance, world: World): void {
  app.get('/t/*', (request, reply) => {
    const [path = ''] = request.url.split(/[?#]/, 1);
    const reading = world.digital.read(path.slice('/t/'.length));
    void reply.type('text/html; charset=utf-8').header('x-content-type-options', 'nosniff');
    if (!reading.genuine) return reply.code(reading.wrong === 'shape' ? 400 : 404).send(notGenuinePage());
    const payment = world.terminal.find(reading.ticket.orderNo)?.facts.payment;
    return reply.send(genuinePage(reading.ticket, payment === 'reversed'));
  });
}
