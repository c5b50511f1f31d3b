import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { PaperjamError } from '../../base/errors.js';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)(:\d+)?$/i;

/** Whether only programs on this machine reach what listens there. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/**
 * Who has no business here. A page in the browser of the same machine can reach a loopback port too: it gives itself away
 * by its origin, or, when it has bent a name of its own to this machine, by that name.
 */
export function guardDoor(
  app: FastifyInstance,
  listensOn: string,
  scheme: 'http' | 'https',
  origins: readonly string[] = [],
): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('cache-control', 'no-store');
    const { host = '', origin } = request.headers;
    const refuse = (problem: string) => done(new PaperjamError('PJ_FORBIDDEN', { problem }));
    const invited = origin !== undefined && origins.includes(origin);
    if (origin !== undefined && origin !== `${scheme}://${host}` && !invited) {
      refuse(`it comes from a page of ${origin}`);
    } else if (host !== '' && isLoopback(listensOn) && !isLoopback(host)) {
      refuse(`it asks for the host ${host}, and here are only localhost, 127.0.0.1 and [::1]`);
    } else if (!invited) done();
    else if (invite(request, reply, origin)) void reply.code(204).send();
    else done();
  });
}

const READABLE = 'idempotency-replayed, link, location, paperjam-manifest, paperjam-pieces, retry-after';

/** Lets a page read the answer. `true`: it has only asked whether it may send the request. */
function invite({ method, headers }: FastifyRequest, { raw }: FastifyReply, origin: string): boolean {
  raw.setHeader('access-control-allow-origin', origin);
  raw.setHeader('access-control-expose-headers', READABLE);
  raw.setHeader('vary', 'origin');
  if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return false;
  raw.setHeader('access-control-allow-methods', 'GET, HEAD, POST, DELETE');
  raw.setHeader('access-control-allow-headers', 'authorization, content-type, idempotency-key, last-event-id');
  raw.setHeader('access-control-max-age', '600');
  return true;
}

/** To be called before the first route: every address that has routes answers other methods with 405 and those allowed. */
export function refuseOtherMethods(app: FastifyInstance): () => void {
  const allowed = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = allowed.get(url) ?? new Set();
    for (const one of [method].flat()) methods.add(one);
    allowed.set(url, methods);
  });
  return () => {
    for (const [url, methods] of [...allowed]) {
      const others = app.supportedMethods.filter((method) => !methods.has(method)) as HTTPMethods[]; // Fastify's own list.
      const list = [...methods].join(', ');
      app.route({
        url,
        method: others,
        exposeHeadRoute: false,
        onRequest: (request, reply, done) => {
          reply.header('allow', list);
          done(
            new PaperjamError('PJ_METHOD', { what: `${request.method} ${request.url.slice(0, 200)}`, allowed: list }),
          );
        },
        handler: () => {},
      });
    }
  };
}
