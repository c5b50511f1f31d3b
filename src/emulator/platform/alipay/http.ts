import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PaperjamError } from '../../../base/errors.js';
import { listenError } from '../../../base/listen-error.js';
import type { NoticeSite } from '../../../ports/faults.js';
import type { KeyPair } from '../keys.js';
import type { EmulatedPlatform, Reply } from '../platform.js';
import { BEHAVIOURS } from '../wallet.js';
import { checkAtDoor, type KnownMerchant } from './door.js';
import { httpCourier } from './notify/http.js';
import { signedAnswer, unsignedAnswer } from './signing.js';

/** The app that the emulated platform knows, unless told otherwise. */
export const EMULATED_APP_ID = '2021000000000001';

const BODY_LIMIT_BYTES = 256 * 1024;

export interface ServeOptions {
  /** Default 127.0.0.1. Whoever can reach it can make customers pay: it is not meant for other machines. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  readonly keys: { readonly merchant: Pick<KeyPair, 'publicKey'>; readonly platform: Pick<KeyPair, 'privateKey'> };
  /** Default `EMULATED_APP_ID`. */
  readonly appId?: string;
}

export interface ServedPlatform {
  /** `http://127.0.0.1:40123`. The gateway is at `/gateway.do`. */
  readonly url: string;
  /** Where faults take hold of the notices that go out from here. */
  readonly notices: NoticeSite;
  /** Stops listening and cuts every connection, the silent ones too. Idempotent. */
  close(): Promise<void>;
}

/**
 * The HTTP face: `POST /gateway.do` as Alipay's, and beside it what a second process needs to play the customer:
 * `POST /emulator/codes`, `GET /emulator/trades`, `GET /emulator/log`. Throws `PJ_PORT_IN_USE`, `PJ_LISTEN`.
 */
export async function servePlatform(platform: EmulatedPlatform, options: ServeOptions): Promise<ServedPlatform> {
  const { host = '127.0.0.1', port = 0, keys, appId = EMULATED_APP_ID } = options;
  const app = fastify({ bodyLimit: BODY_LIMIT_BYTES, forceCloseConnections: true });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  app.setErrorHandler((error: FastifyError, request, reply) => sendError(reply, nameOf(request), error));
  app.setNotFoundHandler((request, reply) => refuse(reply, 404, nameOf(request), 'there is nothing at this address'));
  const merchant = { appId, publicKey: createPublicKey(keys.merchant.publicKey) };
  const key = createPrivateKey(keys.platform.privateKey);
  serveGateway(app, platform, merchant, key);
  serveCustomers(app, platform);
  try {
    const url = await app.listen({ host, port });
    const courier = httpCourier(appId, key);
    const notices = platform.sendNotices(courier);
    return {
      url,
      notices,
      close: () => {
        courier.close();
        return app.close();
      },
    };
  } catch (cause) {
    await app.close();
    throw listenError(cause, 'payment platform', host, port);
  }
}

function serveGateway(app: FastifyInstance, platform: EmulatedPlatform, merchant: KnownMerchant, key: KeyObject): void {
  app.post('/gateway.do', (request, reply) => {
    const query = new URL(request.url, 'http://localhost').searchParams;
    const body = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    const parameters = new Map([...query, ...body]);
    const method = parameters.get('method') ?? '';
    const door = checkAtDoor(parameters, merchant);
    const signed = door.ok || door.signed;
    const say = (answer: Reply) => {
      if ('httpStatus' in answer) {
        return void reply.code(answer.httpStatus).type('text/html').send(`<h1>${answer.httpStatus}</h1>`);
      }
      const { node, badSignature } = answer;
      const text = signed ? signedAnswer(key, method, node, badSignature) : unsignedAnswer(method, node);
      void reply.type('text/html;charset=utf-8').send(text); // The real one says text/html too.
    };
    if (!door.ok) return platform.turnAway(method, Object.fromEntries(parameters), door.response, say);
    const notifyUrl = parameters.get('notify_url') || undefined;
    const sentAtMs = timesOf(parameters.get('timestamp') ?? '');
    platform.answer(method, door.bizContent, { notifyUrl, sentAtMs }, say);
  });
}

/**
 * A time stamp has no zone. It is meant to be Beijing's, and the vendor's SDK writes the time of the machine that it runs
 * on, which here is most likely this one.
 */
function timesOf(timestamp: string): number[] {
  const iso = timestamp.replace(' ', 'T');
  return [Date.parse(iso), Date.parse(`${iso}+08:00`)];
}

const codeRequest = z.strictObject({
  wallet: z.literal('alipay').default('alipay'),
  behaviour: z.enum(BEHAVIOURS).default('pays'),
  afterMs: z.number().min(0).max(86_400_000).optional(),
});

function serveCustomers(app: FastifyInstance, platform: EmulatedPlatform): void {
  app.post('/emulator/codes', (request, reply) => {
    const parsed = codeRequest.safeParse(request.body ?? {});
    if (!parsed.success) {
      const problem = z.prettifyError(parsed.error).replaceAll('\n', ' ');
      return refuse(reply, 400, nameOf(request), problem);
    }
    const { afterMs, ...rest } = parsed.data;
    void reply.send({ code: platform.issueCode({ ...rest, ...(afterMs === undefined ? {} : { afterMs }) }) });
  });
  app.get('/emulator/trades', (_request, reply) => {
    const trades = platform.ledger.trades();
    void reply.send(trades.map((trade) => ({ ...trade, refunds: Object.fromEntries(trade.refunds) })));
  });
  app.get('/emulator/log', (_request, reply) => void reply.send(platform.log));
}

/** A client's mistake in a sentence, with its status. What is not the client's mistake is told as it is. */
function sendError(reply: FastifyReply, request: string, error: FastifyError): void {
  const status = error.statusCode ?? 500;
  if (status >= 500) return void reply.code(status).send({ code: error.code, message: error.message });
  const problem = status === 413 ? `it is larger than ${BODY_LIMIT_BYTES} bytes` : error.message;
  refuse(reply, status, request, problem);
}

function nameOf({ method, url }: FastifyRequest): string {
  return `${method} ${url}`;
}

function refuse(reply: FastifyReply, status: number, what: string, problem: string): void {
  const { code, message } = new PaperjamError('PJ_REQUEST', { what, problem });
  void reply.code(status).send({ code, message });
}
