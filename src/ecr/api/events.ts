import type { FastifyInstance } from 'fastify';
import type { World } from '../../world/world.js';
import { saleView } from './views.js';

/** A listener that does not read is cut off when so many bytes wait for it. */
const UNREAD_LIMIT_BYTES = 1 << 20;

/**
 * `GET /v1/events`: what the terminal shows and writes, as server-sent events `screen`, `sale` and `record`, from now on.
 * Each is sent only once it is durable.
 */
export function serveEvents(app: FastifyInstance, world: World): void {
  app.get('/v1/events', (request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    let id = 0;
    const send = (event: string, data: object) => {
      raw.write(`id: ${++id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      if (raw.writableLength > UNREAD_LIMIT_BYTES) raw.destroy();
    };
    send('screen', world.terminal.screen);
    const unwatch = world.watch({
      screen: (screen) => send('screen', screen),
      sale: (facts) => send('sale', saleView(facts)),
      record: (record) =>
        send('record', 'code' in record && record.kind === 'authorize-intent' ? { ...record, code: '…' } : record),
    });
    request.raw.on('close', unwatch);
  });
}
