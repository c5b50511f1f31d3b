import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PaperjamError } from '../../base/errors.js';
import type { Undo } from '../../ports/undo.js';
import { Carrier } from '../../till/carrier.js';
import type { Connection } from '../../till/connection.js';
import { noteIn } from '../../till/note.js';
import type { Shop } from '../../till/shop.js';
import type { TillAnswer, TillFace, TillRequest } from '../../till/wire.js';
import { HttpConnection } from './http-connection.js';
import { wordsOf } from './refusal.js';
import type { Sockets } from './sockets.js';

export interface MountOptions {
  readonly shop: Shop;
  readonly sockets: Sockets;
  /** How long the other side may take to read an answer. */
  readonly readMs: number;
  /** Default: every address, and every method that there is. */
  readonly at?: readonly string[] | undefined;
  /** Called when a request has come in; what it gives back, in the very moment in which it is answered, or its till has gone. */
  readonly busy?: (() => Undo) | undefined;
  /** Called once the answer has left, or the till has gone, and that is noted. */
  readonly left?: (() => void) | undefined;
  readonly bug: (error: Error) => void;
  /** Answers what is refused on the way. Default: in the words of the face. */
  readonly refuse?: ((error: Error, request: FastifyRequest, reply: FastifyReply) => void) | undefined;
}

/**
 * Puts a face behind addresses of an app, in every method. Bodies come to it as text, whatever they say that they are
 * (a form with files as bytes besides), and what is refused on the way is refused in the face's own words.
 */
export function mountFace(app: FastifyInstance, face: TillFace, options: MountOptions): void {
  const { shop, sockets, readMs, at, busy = () => () => {}, left = () => {}, bug } = options;
  const { refuse = (error, request, reply) => refuseError(face, error, request, reply, bug) } = options;
  const carrier = new Carrier(face, shop.clock, noteIn(shop));
  app.addHook('onClose', () => carrier.close());
  app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, parsed) => parsed(null, body));
    scope.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, body, parsed) =>
      parsed(null, body),
    );
    scope.setErrorHandler<Error>((error, request, reply) => refuse(error, request, reply));
    const handler = (request: FastifyRequest, reply: FastifyReply) => {
      const { raw } = reply;
      reply.hijack();
      const rest = once(busy());
      const connection = noting(new HttpConnection(raw, sockets, readMs), rest);
      whenOver(raw, rest);
      try {
        const underWay = carrier.carry(tillRequest(request), connection);
        whenOver(raw, () => {
          if (!raw.writableFinished) underWay.gone();
          left();
        });
      } catch (error) {
        if (error instanceof Error) bug(error);
        connection.send(face.refuse(500, new PaperjamError('PJ_INTERNAL').message), () => {});
      }
    };
    if (at === undefined) scope.setNotFoundHandler(handler); // Of methods that are in no list, too.
    for (const url of at ?? ['/*']) scope.all(url, { exposeHeadRoute: false }, handler);
    done();
  });
}

/**
 * Once: the answer has left, or the connection is gone. An answer that still waits for an earlier one on the connection
 * does not hear of that by itself.
 */
function whenOver(response: ServerResponse, run: () => void): void {
  const { socket } = response.req;
  const over = once(() => {
    response.off('close', over);
    socket.off('close', over);
    run();
  });
  response.once('close', over);
  socket.setMaxListeners(0).once('close', over); // As many as requests that wait on it.
}

/** The same way back; `ended` runs in the very moment in which the last word is said, whenever that arrives. */
function noting(connection: Connection, ended: () => void): Connection {
  return {
    send(answer, left) {
      ended();
      connection.send(answer, left);
    },
    half(answer) {
      ended();
      connection.half(answer);
    },
    reset() {
      ended();
      connection.reset();
    },
  };
}

function once(run: () => void): () => void {
  let over = false;
  return () => {
    if (!over) run();
    over = true;
  };
}

/** Answers an error of a request in the words of a face. */
export function refuseError(
  face: Pick<TillFace, 'refuse'>,
  error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
  bug: (error: Error) => void,
): void {
  const { status, problem } = wordsOf(error, request, bug);
  sendAnswer(reply, face.refuse(status, problem));
}

function sendAnswer(reply: FastifyReply, { status, headers = {}, body }: TillAnswer): void {
  void reply.code(status).headers(headers).serializer(String).send(body);
}

function tillRequest({ method, headers, body, raw: { url = '' } }: FastifyRequest): TillRequest {
  const mark = url.indexOf('?');
  return {
    method,
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    headers: single(headers),
    ...(body instanceof Uint8Array
      ? { body: new TextDecoder().decode(body), bytes: body }
      : { body: typeof body === 'string' ? body : '' }),
  };
}

/** Node joins what comes twice, but for cookies that are set, which no request does. */
function single(headers: IncomingHttpHeaders): Record<string, string> {
  const entries = Object.entries(headers);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}
