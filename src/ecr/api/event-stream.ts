import type { FastifyReply } from 'fastify';

/** A listener that does not read is cut off when so many bytes wait for it. */
const UNREAD_LIMIT_BYTES = 1 << 20;

/**
 * Answers with server-sent events until the other side hangs up. `begin` is handed what sends one, and gives back what
 * ends it.
 */
export function answerEvents(reply: FastifyReply, begin: (send: (event: string, data: object) => void) => () => void) {
  reply.hijack();
  const { raw } = reply;
  raw.on('error', () => {}); // The connection closes, and that is enough to know.
  raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  let id = 0;
  const end = begin((event, data) => {
    if (raw.destroyed) return;
    raw.write(`id: ${++id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    if (raw.writableLength > UNREAD_LIMIT_BYTES) raw.destroy();
  });
  raw.once('close', end);
}
