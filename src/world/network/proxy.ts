import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import type { Clock, Timer } from '../../ports/clock.js';
import type { CertificateProblem, NetworkBreak } from '../../ports/faults.js';
import type { Random } from '../../ports/random.js';
import { type ExchangeFate, NetworkFaults } from './faults.js';
import { listenOnLoopback } from './loopback.js';

export interface ProxyParts {
  readonly clock: Clock;
  readonly random: Random;
  /** The platform's address: `http://host:port`. */
  readonly target: string;
  /** See `NetworkFaults`. */
  readonly shown?: (problem: CertificateProblem) => void;
}

/** A stretch of real network on loopback between the terminal and the platform, which fails on demand. */
export interface NetworkProxy {
  readonly site: NetworkFaults;
  /** `http://127.0.0.1:40123`, to be asked in the platform's place. */
  readonly url: string;
  /** Cuts every connection; what was on its way is lost. Idempotent. */
  close(): Promise<void>;
}

/** Far more than any request or answer of the platform has. */
const BODY_LIMIT_BYTES = 1024 * 1024;

/** A terminal has one exchange under way, its guard task another. */
const CONNECTIONS_MAX = 64;

/** Longer than clients keep an idle connection, so that it is not closed under a request. */
const IDLE_MS = 72_000;

/** How long an answer is waited for that nobody wants any more, before its connection is given up. */
const ORPHAN_MS = 5_000;

/** Fields that are about one stretch of the way only (RFC 9110, 7.6.1), and those that are set anew. */
const OWN_FIELDS = [
  'connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'upgrade',
  'expect',
  'host',
  'content-length',
];

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Throws `PJ_LISTEN`. */
export async function openNetworkProxy({ clock, random, target, shown }: ProxyParts): Promise<NetworkProxy> {
  const site = new NetworkFaults(clock, random, shown);
  const platform = new Upstream(target);
  const timers = new Set<Timer>();
  const later = (delayMs: number, run: () => void) => {
    if (delayMs === 0) return void run();
    const timer = clock.setTimeout(() => {
      timers.delete(timer);
      run();
    }, delayMs);
    timers.add(timer);
  };

  const pass = (asked: IncomingMessage, body: Buffer, client: ServerResponse) => {
    const fate = site.fateOf(described(asked, body));
    const back = (answer: Answer | undefined) =>
      later(fate.answerDelayMs, () => site.pass(() => respond(client, fate, answer, later)));
    later(fate.requestDelayMs, () =>
      site.pass(() => {
        if (fate.breaks?.delivered === false) back(undefined);
        else platform.ask(asked, body, client, back);
      }),
    );
  };

  const server = createServer({ keepAliveTimeout: IDLE_MS }, (asked, client) => {
    client.on('error', () => {}); // Whoever hung up hears nothing; the request is on its way all the same.
    collect(asked, (body) => (body === undefined ? asked.destroy() : pass(asked, body, client)));
  });
  server.maxConnections = CONNECTIONS_MAX;
  const address = await listenOnLoopback(server, 'network to the platform');
  return {
    site,
    url: `http://${address}`,
    async close() {
      site.forget();
      for (const timer of timers) clock.clearTimeout(timer);
      timers.clear();
      platform.close();
      server.closeAllConnections();
      if (server.listening) await new Promise((closed) => server.close(closed));
    },
  };
}

/** The further way to the platform. */
class Upstream {
  readonly #target: string;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(target: string) {
    this.#target = target;
  }

  /** Also for a client that has hung up: the platform gets the request. Without an answer the client's connection breaks. */
  ask(asked: IncomingMessage, body: Buffer, client: ServerResponse, answered: (answer: Answer) => void): void {
    const headers = { ...without(asked.headers), 'content-length': body.length };
    const sent = request(new URL(asked.url ?? '/', this.#target), {
      method: asked.method,
      headers,
      agent: this.#agent,
    });
    const fail = () => void client.socket?.resetAndDestroy();
    const orphan = () => sent.setTimeout(ORPHAN_MS, () => sent.destroy());
    if (client.destroyed) orphan();
    else client.once('close', orphan);
    sent.once('error', fail);
    sent.once('response', (response) => {
      collect(response, (got) => {
        client.off('close', orphan);
        if (got === undefined) fail();
        else answered({ status: response.statusCode ?? 502, headers: without(response.headers), body: got });
      });
    });
    sent.end(body);
  }

  close(): void {
    this.#agent.destroy();
  }
}

function respond(
  client: ServerResponse,
  { breaks, drip }: ExchangeFate,
  answer: Answer | undefined,
  later: (delayMs: number, run: () => void) => void,
): void {
  if (client.destroyed) return;
  if (breaks !== undefined) {
    broken(client, breaks.how, answer);
    return;
  }
  if (answer === undefined) return;
  const { status, headers, body } = answer;
  client.writeHead(status, { ...headers, 'content-length': body.length });
  if (drip === undefined) client.end(body);
  else dripInto(client, body, drip, later);
}

function broken(client: ServerResponse, how: NetworkBreak['how'], answer: Answer | undefined): void {
  if (how === 'silence') return;
  if (how === 'reset') {
    client.socket?.resetAndDestroy();
  } else if ('status' in how) {
    client.writeHead(how.status, { 'content-type': 'text/html', 'content-length': Buffer.byteLength(how.body) });
    client.end(how.body);
  } else if (answer !== undefined) {
    const { status, headers, body } = answer;
    const half = body.subarray(0, Math.floor(body.length / 2));
    const whole = how.half === 'as-whole';
    client.writeHead(status, { ...headers, 'content-length': whole ? half.length : body.length });
    if (whole) client.end(half);
    else client.write(half, () => client.destroy());
  }
}

function dripInto(
  client: ServerResponse,
  rest: Buffer,
  drip: { readonly bytes: number; readonly everyMs: number },
  later: (delayMs: number, run: () => void) => void,
): void {
  if (client.destroyed) return;
  client.write(rest.subarray(0, drip.bytes));
  const left = rest.subarray(drip.bytes);
  if (left.length === 0) client.end();
  else later(Math.max(drip.everyMs, 1), () => dripInto(client, left, drip, later)); // One after the other, not all at once.
}

/** All of a body, or `undefined` when it breaks off or is too long. */
function collect(message: IncomingMessage, done: (body: Buffer | undefined) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let over = false;
  const end = (body: Buffer | undefined) => {
    if (!over) done(body);
    over = true;
  };
  message.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > BODY_LIMIT_BYTES) end(undefined);
    else chunks.push(chunk);
  });
  message.once('end', () => end(Buffer.concat(chunks)));
  message.once('error', () => end(undefined));
  message.once('close', () => end(undefined));
}

function without(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN_FIELDS.includes(name)));
}

/** The method stands in the address, the order number in the form's biz_content, as the vendor's SDK puts them. */
function described(asked: IncomingMessage, body: Buffer): { method: string; orderNo: string | undefined } {
  const { searchParams } = new URL(asked.url ?? '/', 'http://localhost');
  const form = new URLSearchParams(body.toString());
  return {
    method: searchParams.get('method') ?? form.get('method') ?? '',
    orderNo: orderNoIn(form.get('biz_content') ?? searchParams.get('biz_content') ?? ''),
  };
}

function orderNoIn(bizContent: string): string | undefined {
  return /"out_trade_no"\s*:\s*"([^"\\]*)"/.exec(bizContent)?.[1];
}
