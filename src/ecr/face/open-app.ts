import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type Server, type ServerOptions, STATUS_CODES } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { PaperjamError } from '../../base/errors.js';
import { listenError } from '../../base/listen-error.js';
import type { TillAnswer } from '../../till/wire.js';
import { guardDoor, isLoopback } from './door.js';
import { type Limits, limitsOf } from './limits.js';
import { Rate } from './rate.js';
import { Sockets } from './sockets.js';

export interface DoorOptions {
  /** In words, for errors: `control API`. */
  readonly what: string;
  /** Default 127.0.0.1: it is not meant for other machines. */
  readonly host?: string | undefined;
  /** Default 0: any free port. */
  readonly port?: number | undefined;
  /** In PEM. With it, HTTPS and nothing else. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  /** Demanded of every request (`Authorization: Bearer …`), if there is one. */
  readonly token?: string | undefined;
  /** Pages of these origins may call, `https://till.example`. Default: none. */
  readonly origins?: readonly string[] | undefined;
  readonly limits?: Partial<Limits> | undefined;
  /** By which the rate of requests is measured: ms of a clock that only goes forward. Default: the machine's. */
  readonly now?: (() => number) | undefined;
  /** Told of errors that are bugs, of which the client learns nothing. Default: standard error. */
  readonly bug?: ((error: Error) => void) | undefined;
}

/** How a server says no. */
export interface Refusals {
  /** Answers what a hook or a handler has thrown. */
  error(error: Error, request: FastifyRequest, reply: FastifyReply): void;
  /** What to say to bytes that are no request. */
  bytes(status: number, problem: string): TillAnswer;
}

export interface OpenApp {
  /** `http://127.0.0.1:9180`. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and cuts every connection, the silent ones too. Idempotent. */
  close(): Promise<void>;
}

/**
 * Opens a server with the house's manners: limits, no pages from elsewhere, no endless requests. `routes` is given the
 * sockets too. Throws `PJ_PORT_IN_USE`, `PJ_LISTEN`.
 */
export async function openApp(
  options: DoorOptions,
  refusals: Refusals,
  routes: (app: FastifyInstance, sockets: Sockets, limits: Limits) => void,
): Promise<OpenApp> {
  const { what, host = '127.0.0.1', port = 0, tls, token } = options;
  const limits = limitsOf(options.limits, isLoopback(host));
  const sockets = new Sockets();
  const app = fastify({
    bodyLimit: limits.bodyBytes,
    routerOptions: { maxParamLength: 1_000 },
    serverFactory: (handler) => {
      const server: Server = makeServer(limits, tls, handler);
      server.maxConnections = limits.connections;
      sockets.watch(server);
      return server;
    },
    clientErrorHandler: (error, socket) => refuseBytes(error, socket, limits, refusals),
    frameworkErrors: (error, request, reply) => refusals.error(error, request, reply),
  });
  app.setErrorHandler<Error>((error, request, reply) => refusals.error(error, request, reply));
  limitRate(app, limits, options.now);
  guardDoor(app, host, tls === undefined ? 'http' : 'https', options.origins);
  if (token !== undefined) demandToken(app, token);
  routes(app, sockets, limits);
  try {
    await app.listen({ host, port });
  } catch (cause) {
    await app.close();
    throw listenError(cause, what, host, port);
  }
  const { address, family, port: bound } = app.server.address() as AddressInfo; // It listens, and on no pipe.
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${family === 'IPv6' ? `[${address}]` : address}:${bound}`,
    port: bound,
    close: () => {
      const closed = app.close();
      sockets.cutAll();
      return closed;
    },
  };
}

function makeServer(limits: Limits, tls: DoorOptions['tls'], handler: Parameters<typeof createServer>[1]): Server {
  const { headerBytes, arrivalMs, idleMs } = limits;
  const options: ServerOptions = {
    maxHeaderSize: headerBytes,
    requestTimeout: arrivalMs,
    headersTimeout: arrivalMs,
    keepAliveTimeout: idleMs,
    connectionsCheckingInterval: Math.min(arrivalMs / 4, 5_000),
    keepAlive: true, // So that a till which has vanished without a word is missed.
    keepAliveInitialDelay: 60_000,
  };
  if (tls === undefined) return createServer(options, handler);
  return createTlsServer({ ...options, ...tls, handshakeTimeout: arrivalMs }, handler);
}

function limitRate(app: FastifyInstance, { requestsPerSecond }: Limits, now = () => performance.now()): void {
  if (!Number.isFinite(requestsPerSecond)) return;
  const rate = new Rate(requestsPerSecond);
  app.addHook('onRequest', ({ ip }, reply, done) => {
    if (rate.lets(ip, now())) return done();
    reply.header('retry-after', '1');
    done(new PaperjamError('PJ_RATE', { address: ip, limit: requestsPerSecond }));
  });
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whoever comes without the token is let in, and known for a stranger. */
    readonly open?: boolean;
  }
}

const strangers = new WeakSet<FastifyRequest>();

/** Whether it has come without the token that is wanted, to a route that lets it in all the same. */
export function isStranger(request: FastifyRequest): boolean {
  return strangers.has(request);
}

function demandToken(app: FastifyInstance, token: string): void {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const wanted = digest(`Bearer ${token}`);
  app.addHook('onRequest', (request, reply, done) => {
    const { headers, routeOptions } = request;
    if (timingSafeEqual(digest(headers.authorization ?? ''), wanted)) return done();
    if (routeOptions.config?.open === true) {
      strangers.add(request);
      return done();
    }
    reply.header('www-authenticate', 'Bearer');
    const problem = headers.authorization === undefined ? 'none is given' : 'it is another one';
    done(new PaperjamError('PJ_TOKEN', { problem }));
  });
}

/** Answers bytes that are no HTTP request, and ends the connection. */
function refuseBytes(error: Error & { code?: string }, socket: Socket, limits: Limits, { bytes }: Refusals): void {
  const { code = '' } = error;
  // What has come to a TLS port without TLS could not read an answer in TLS either.
  if (!socket.writable || code === 'ECONNRESET' || /^ERR_(SSL|TLS)_/.test(code)) return void socket.destroy();
  const [status, problem] = PROBLEMS[code]?.(limits) ?? [400, 'it is not HTTP'];
  const { headers = {}, body } = bytes(status, problem);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
  socket.destroySoon();
}

const PROBLEMS: Readonly<Record<string, (limits: Limits) => readonly [status: number, problem: string]>> = {
  HPE_HEADER_OVERFLOW: ({ headerBytes }) => [431, `its address and headers are larger than ${headerBytes / 1024} KiB`],
  ERR_HTTP_REQUEST_TIMEOUT: () => [408, 'it did not come to its end in time'],
};
