import type { World } from '../../world/world.js';
import { type AppOptions, type ServedApp, serveApp } from './app.js';
import { serveDigitalTickets } from './digital.js';
import { serveEvents } from './events.js';
import { serveEvidence } from './evidence.js';
import { serveFaults } from './faults.js';
import { serveNotices } from './notices.js';
import { serveSales } from './sales.js';
import { serveTickets } from './tickets.js';

/** Whoever can reach it can sell: it is not meant for other machines. */
export type ApiOptions = Omit<AppOptions, 'what'>;

export type ServedApi = ServedApp;

/** The control API of one terminal. Throws `PJ_PORT_IN_USE`, `PJ_LISTEN`. */
export function serveApi(world: World, options: ApiOptions = {}): Promise<ServedApi> {
  return serveApp({ what: 'control API', ...options }, (app) => {
    serveSales(app, world);
    serveTickets(app, world);
    serveEvidence(app, world);
    serveDigitalTickets(app, world);
    serveFaults(app, world);
    serveNotices(app, world);
    serveEvents(app, world);
    app.get('/healthz', (_request, reply) =>
      reply.code(world.terminal.failure === undefined ? 200 : 503).send(health(world)),
    );
  });
}

/** What the terminal does and shows, and why it is out of service if it is. */
function health({ terminal: { state, screen, failure } }: World): object {
  return { state, screen, ...(failure === undefined ? {} : { problem: failure.message }) };
}
