import type { Shop } from '../../till/shop.js';
import { genuinePage, notGenuinePage } from './digital-page.js';
import type { OwnRoute } from './own-route.js';

/**
 * `GET /t/…`: the page behind the QR code of a digital ticket. All that it shows stands signed in the address; of the
 * journals it only asks whether the money has gone back since.
 */
export function digitalRoute(shop: Shop): OwnRoute {
  return {
    method: 'GET',
    path: '/t/:ticket',
    at: '/t/*',
    id: 'getDigitalTicket',
    tag: 'more',
    title: 'A digital ticket, as a page for the customer',
    about: 'What stands behind /t/ is the ticket itself, signed by the terminal; slashes may be in it.',
    ofTerminal: false,
    open: true,
    answers: {
      200: { about: 'The ticket is genuine', type: 'text/html' },
      400: { about: 'No ticket has such an address', type: 'text/html' },
      404: { about: 'The ticket is not genuine', type: 'text/html' },
    },
    problems: [],
    serve(request, reply) {
      const [path = ''] = request.url.split(/[?#]/, 1);
      const address = path.slice('/t/'.length);
      const readings = [...shop.counters.values()].map(({ world }) => world.digital.read(address));
      const reading = readings.find(({ genuine }) => genuine) ?? readings[0];
      void reply.type('text/html; charset=utf-8').header('x-content-type-options', 'nosniff');
      if (reading?.genuine !== true) return reply.code(reading?.wrong === 'shape' ? 400 : 404).send(notGenuinePage());
      const { orderNo } = reading.ticket;
      const payment = shop.whoseSale(orderNo)?.facts(orderNo)?.payment;
      return reply.send(genuinePage(reading.ticket, payment === 'reversed'));
    },
  };
}
