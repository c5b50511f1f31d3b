import type { FastifyReply } from 'fastify';

/** A listener that does not read is cut off when so many bytes wait for it. */
const UNREAD_LIMIT_BYTES = 1 << 20;
/** Says that all is well, to the listener and to what stands between; finds out that a listener has vanished. */
const KEEP_ALIVE_MS = 15_000;
/** How soon a browser comes back. */
const RETRY_MS = 1_000;

export interface SentEvent {
  readonly id?: string;
  readonly event: string;
  readonly data: object;
}

/** What serves one listener. */
export interface Stream {
  /** He has read what waited for him. */
  goOn?(): void;
  end(): void;
}

/**
 * Answers with server-sent events until the other side hangs up. `begin` is handed what sends one, which says whether the
 * listener keeps up.
 */
export function answerEvents(reply: FastifyReply, begin: (send: (event: SentEvent) => boolean) => Stream): void {
  reply.hijack();
  const { raw } = reply;
  raw.on('error', () => {}); // The connection closes, and that is enough to know.
  raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  const write = (text: string) => {
    if (raw.destroyed) return false;
    const keepsUp = raw.write(text);
    if (raw.writableLength > UNREAD_LIMIT_BYTES) raw.destroy();
    return keepsUp;
  };
  write(`retry: ${RETRY_MS}\n\n`);
  const stream = begin(({ id, event, data }) =>
    write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
  );
  const timer = setInterval(() => write(': still here\n\n'), KEEP_ALIVE_MS);
  raw.on('drain', () => stream.goOn?.());
  raw.once('close', () => {
    clearInterval(timer);
    stream.end();
  });
}
