import fastify from 'fastify';
import { PaperjamError } from '../../base/errors.js';
import { listenError } from '../../base/listen-error.js';
import type { World } from '../../world/world.js';
import { guardDoor, refuseOtherMethods } from './door.js';
import { serveEvents } from './events.js';
import { serveFaults } from './faults.js';
import { BODY_LIMIT_BYTES, refuseBytes, sendProblem } from './problems.js';
import { serveSales } from './sales.js';
import { serveTickets } from './tickets.js';

/** How long a request may take to arrive. The answer may take longer. */
const REQUEST_TIMEOUT_MS = 30_000;

export interface ApiOptions {
  /** Default 127.0.0.1. Whoever can reach it can sell: it is not meant for other machines. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Told of errors that are bugs, of which the client learns nothing. Default: standard error. */
  readonly bug?: (error: Error) => void;
}

export interface ServedApi {
  /** `http://127.0.0.1:7717`. */
  readonly url: string;
  /** Stops listening and cuts every connection, the silent ones too. Idempotent. */
  close(): Promise<void>;
}

/** The control API of one terminal. Throws `PJ_PORT_IN_USE`, `PJ_LISTEN`. */
export async function serveApi(world: World, options: ApiOptions = {}): Promise<ServedApi> {
  const { host = '127.0.0.1', port = 0, bug = (error) => console.error(error) } = options;
  const app = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    clientErrorHandler: refuseBytes,
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply, bug),
  });
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler<Error>((error, request, reply) => sendProblem(error, request, reply, bug));
  app.setNotFoundHandler(({ method, url }) => {
    throw new PaperjamError('PJ_NOT_FOUND', { what: `${method} ${url.slice(0, 200)}` });
  });
  guardDoor(app, host);
  const closeDoor = refuseOtherMethods(app);
  serveSales(app, world);
  serveTickets(app, world);
  serveFaults(app, world);
  serveEvents(app, world);
  app.get('/healthz', (_request, reply) =>
    reply.code(world.terminal.failure === undefined ? 200 : 503).send(health(world)),
  );
  closeDoor();
  try {
    return { url: await app.listen({ host, port }), close: () => app.close() };
  } catch (cause) {
    await app.close();
    throw listenError(cause, 'control API', host, port);
  }
}

/** What the terminal does and shows, and why it is out of service if it is. */
function health({ terminal: { state, screen, failure } }: World): object {
  return { state, screen, ...(failure === undefined ? {} : { problem: failure.message }) };
}
