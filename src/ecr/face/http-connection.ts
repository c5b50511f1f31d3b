import type { ServerResponse } from 'node:http';
import type { Connection } from '../../till/connection.js';
import type { TillAnswer } from '../../till/wire.js';
import type { Sockets } from './sockets.js';

/**
 * The way back to a till over HTTP. Of requests that come one behind the other on a connection (pipelining) only the first
 * that is not answered has the socket for its answer; the request itself always knows it.
 */
export class HttpConnection implements Connection {
  readonly #response: ServerResponse;
  readonly #sockets: Sockets;
  /** How long the other side may take to read the answer. */
  readonly #readMs: number;

  constructor(response: ServerResponse, sockets: Sockets, readMs: number) {
    this.#response = response;
    this.#sockets = sockets;
    this.#readMs = readMs;
    response.on('error', () => {}); // The connection closes, and that is enough to know.
  }

  send(answer: TillAnswer, left: () => void): void {
    const response = this.#response;
    if (response.destroyed) return;
    response.once('finish', left);
    response.setTimeout(this.#readMs, () => response.destroy());
    this.#head(answer).end(answer.body);
  }

  half(answer: TillAnswer): void {
    const response = this.#response;
    if (response.destroyed) return;
    const bytes = Buffer.from(answer.body);
    this.#head(answer);
    response.write(bytes.subarray(0, bytes.length >> 1), () => response.req.socket.destroySoon());
  }

  reset(): void {
    this.#sockets.reset(this.#response.req.socket);
  }

  #head({ status, headers = {}, body }: TillAnswer): ServerResponse {
    const length = status === 204 || status === 304 ? {} : { 'content-length': Buffer.byteLength(body) };
    return this.#response.writeHead(status, { 'cache-control': 'no-store', ...headers, ...length });
  }
}
