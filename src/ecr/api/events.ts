import type { FastifyInstance } from 'fastify';
import type { World } from '../../world/world.js';
import { recordView, saleView } from './views.js';

/** A listener that does not read is cut off when so many bytes wait for it. */
const UNREAD_LIMIT_BYTES = 1 << 20;

/**
 * `GET /v1/events`: what the terminal shows and writes, as server-sent events `screen`, `sale` and `record`, from now on;
 * the first is the screen as it is. Each is sent only once it is durable.
 */
export function serveEvents(app: FastifyInstance, world: World): void {
  app.get('/v1/events', { exposeHeadRoute: false }, (_request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.on('error', () => {}); // The connection closes, and that is enough to know.
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    let id = 0;
    const send = (event: string, data: object) => {
      if (raw.destroyed) return;
      raw.write(`id: ${++id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      if (raw.writableLength > UNREAD_LIMIT_BYTES) raw.destroy();
    };
    const unwatch = world.watch({
      screen: (screen) => send('screen', screen),
      sale: (facts) => send('sale', saleView(facts)),
      record: (record) => send('record', recordView(record)),
    });
    raw.once('close', unwatch);
    send('screen', world.terminal.screen);
  });
}
