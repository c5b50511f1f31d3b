import fastify, { type FastifyInstance } from 'fastify';
import { PaperjamError } from '../../base/errors.js';
import { listenError } from '../../base/listen-error.js';
import { guardDoor, refuseOtherMethods } from './door.js';
import { BODY_LIMIT_BYTES, refuseBytes, sendProblem } from './problems.js';

/** How long a request may take to arrive. The answer may take longer. */
const REQUEST_TIMEOUT_MS = 30_000;

export interface AppOptions {
  /** In words, for errors: `control API`. */
  readonly what: string;
  /** Default 127.0.0.1: it is not meant for other machines. */
  readonly host?: string | undefined;
  /** Default 0: any free port. */
  readonly port?: number | undefined;
  /** Told of errors that are bugs, of which the client learns nothing. Default: standard error. */
  readonly bug?: (error: Error) => void;
}

export interface ServedApp {
  /** `http://127.0.0.1:9180`. */
  readonly url: string;
  /** Stops listening and cuts every connection, the silent ones too. Idempotent. */
  close(): Promise<void>;
}

/** Serves routes over HTTP with the house's manners: errors as problems, no pages from elsewhere, no endless requests. */
export async function serveApp(options: AppOptions, routes: (app: FastifyInstance) => void): Promise<ServedApp> {
  const { what, host = '127.0.0.1', port = 0, bug = (error) => console.error(error) } = options;
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
  routes(app);
  closeDoor();
  try {
    return { url: await app.listen({ host, port }), close: () => app.close() };
  } catch (cause) {
    await app.close();
    throw listenError(cause, what, host, port);
  }
}
