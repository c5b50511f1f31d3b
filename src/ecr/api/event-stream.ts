import type { FastifyReply } from 'fastify';

/** A listener that does not read is cut off when so many bytes wait for it. */
const UNREAD_LIMIT_BYTES = 1 << 20;
/** So much is said at once; the rest when the other side has read that. */
const EARLY_CHARACTERS = 16_384;
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

/** The way to one listener. */
export interface Listener {
  /** Says whether he keeps up. */
  send(event: SentEvent): boolean;
  /** There is nothing more to be had: he is cut off. */
  cut(): void;
}

/**
 * Answers with server-sent events until the other side hangs up, or is cut off. What `begin` throws is thrown, and nothing is
 * answered yet.
 */
export function answerEvents(reply: FastifyReply, begin: (listener: Listener) => Stream): void {
  const { raw } = reply;
  /** What is said before the head may leave. */
  let early: string | undefined = `retry: ${RETRY_MS}\n\n`;
  const write = (text: string) => {
    if (early !== undefined) {
      early += text;
      return early.length < EARLY_CHARACTERS;
    }
    if (raw.destroyed) return false;
    const keepsUp = raw.write(text);
    if (raw.writableLength > UNREAD_LIMIT_BYTES) raw.destroy();
    return keepsUp;
  };
  const stream = begin({
    send: ({ id, event, data }) =>
      write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
    cut: () => void raw.destroy(),
  });
  reply.hijack();
  raw.on('error', () => {}); // The connection closes, and that is enough to know.
  raw.on('drain', () => stream.goOn?.());
  const timer = setInterval(() => write(': still here\n\n'), KEEP_ALIVE_MS);
  raw.once('close', () => {
    clearInterval(timer);
    stream.end();
  });
  raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  const begun = early;
  early = undefined;
  if (write(begun)) stream.goOn?.();
}
