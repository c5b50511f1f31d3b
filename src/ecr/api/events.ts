import type { FastifyInstance } from 'fastify';
import type { World } from '../../world/world.js';
import { answerEvents } from './event-stream.js';
import { recordView, saleView } from './views.js';

/**
 * `GET /v1/events`: what the terminal shows and writes, as server-sent events `screen`, `sale` and `record`, from now on;
 * the first is the screen as it is. Each is sent only once it is durable.
 */
export function serveEvents(app: FastifyInstance, world: World): void {
  app.get('/v1/events', { exposeHeadRoute: false }, (_request, reply) => {
    answerEvents(reply, (send) => {
      const unwatch = world.watch({
        screen: (screen) => send('screen', screen),
        sale: (facts) => send('sale', saleView(facts)),
        record: (record) => send('record', recordView(record)),
      });
      send('screen', world.terminal.screen);
      return unwatch;
    });
  });
}
