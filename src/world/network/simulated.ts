import { failure, garbage, type PlatformFailure } from '../../acquirer/alipay/failures.js';
import type { AlipayTransport, ExchangeResult } from '../../acquirer/alipay/transport.js';
import type { EmulatedPlatform, RequestFrame } from '../../emulator/platform/platform.js';
import type { Clock, Timer } from '../../ports/clock.js';
import type { CertificateProblem, NetworkBreak } from '../../ports/faults.js';
import type { Random } from '../../ports/random.js';
import { type ExchangeFate, NetworkFaults } from './faults.js';

export interface SimulatedNetworkParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly platform: Pick<EmulatedPlatform, 'exchange'>;
  /** One trip to the platform, or back. */
  readonly tripMs: number;
  /** The longest silence that the SDK stands. */
  readonly timeoutMs: number;
  /** What goes with every request beside its content. */
  readonly frame: RequestFrame;
}

/** An address that is reserved for examples (RFC 2606), at the port that is usual. */
const GATEWAY = 'http://platform.example/gateway.do';

/** What the vendor's SDK says of each failure; a test holds them against the real thing. */
const CERTIFICATE_WORDS: Record<CertificateProblem, string> = {
  expired: 'CERT_HAS_EXPIRED certificate has expired',
  'unknown-issuer': 'UNABLE_TO_VERIFY_LEAF_SIGNATURE unable to verify the first certificate',
  'wrong-host':
    "ERR_TLS_CERT_ALTNAME_INVALID Hostname/IP does not match certificate's altnames: Host: platform.example. is not in the cert's altnames: DNS:elsewhere.example",
};

/** A connection that is torn down is taken up once more by the SDK itself, with the same request. */
const ATTEMPTS = 2;

/**
 * The way to an emulated platform in simulated time: what the vendor's SDK and the wires do to an exchange, without either.
 * Its habits are the SDK's: a request whose connection breaks is sent a second time, and its time-out is for silence.
 */
export class SimulatedNetwork implements AlipayTransport {
  readonly site: NetworkFaults;
  readonly #parts: SimulatedNetworkParts;

  constructor(parts: SimulatedNetworkParts) {
    this.#parts = parts;
    this.site = new NetworkFaults(parts.clock, parts.random);
  }

  exchange(method: string, content: object, done: (result: ExchangeResult) => void): void {
    new Exchange(this.#parts, this.site, { method, content, done }).attempt();
  }
}

interface Asked {
  readonly method: string;
  readonly content: object;
  done(result: ExchangeResult): void;
}

class Exchange {
  readonly #parts: SimulatedNetworkParts;
  readonly #site: NetworkFaults;
  readonly #asked: Asked;
  #attempts = 0;
  #silence: Timer;
  #over = false;

  constructor(parts: SimulatedNetworkParts, site: NetworkFaults, asked: Asked) {
    this.#parts = parts;
    this.#site = site;
    this.#asked = asked;
  }

  attempt(): void {
    const { clock, tripMs } = this.#parts;
    const attempt = ++this.#attempts;
    const unsent = this.#unsent();
    if (unsent !== undefined) {
      clock.setTimeout(() => this.#fail(...unsent), 2 * tripMs);
      return;
    }
    const { method, content } = this.#asked;
    const fate = this.#site.fateOf({ method, orderNo: orderNoOf(content) });
    this.#waitForSignsOfLife();
    clock.setTimeout(() => this.#site.pass(() => this.#arrive(attempt, fate)), tripMs + fate.requestDelayMs);
  }

  /** Why there is no connection over which to send. */
  #unsent(): [PlatformFailure, string] | undefined {
    const met = this.#site.connect();
    if (met === 'nobody') return ['PJ_PLATFORM_UNREACHABLE', 'connect ECONNREFUSED 192.0.2.1:80'];
    return met === undefined ? undefined : ['PJ_PLATFORM_CERTIFICATE', CERTIFICATE_WORDS[met]];
  }

  /** At the platform, whether or not anybody still waits. */
  #arrive(attempt: number, fate: ExchangeFate): void {
    const { clock, platform, tripMs, frame } = this.#parts;
    const { method, content } = this.#asked;
    const answer = (result: ExchangeResult | undefined) =>
      clock.setTimeout(() => this.#site.pass(() => this.#receive(attempt, fate, result)), tripMs + fate.answerDelayMs);
    if (fate.breaks?.delivered === false) answer(undefined);
    else platform.exchange(method, content, answer, frame);
  }

  /** Back at the terminal. What belongs to an attempt that has failed is nobody's any more. */
  #receive(attempt: number, { breaks, drip }: ExchangeFate, result: ExchangeResult | undefined): void {
    if (this.#over || attempt !== this.#attempts) return;
    const response = result !== undefined && 'response' in result ? result.response : undefined;
    if (breaks !== undefined) this.#broken(breaks.how, response);
    else if (response !== undefined && drip !== undefined) this.#drip(response, drip);
    else if (result !== undefined) this.#finish(result);
  }

  #broken(how: NetworkBreak['how'], response: object | undefined): void {
    if (how === 'silence') return;
    if (how === 'reset') {
      this.#connectionLost('read ECONNRESET');
    } else if ('status' in how) {
      const { status, body } = how;
      const said = status === 200 ? garbage(GATEWAY, body) : failure('PJ_PLATFORM_HTTP', GATEWAY, `${status}`, body);
      this.#finish({ failure: said });
    } else if (how.half === 'broken-off') {
      this.#connectionLost('UND_ERR_SOCKET other side closed');
    } else {
      const bytes = Buffer.from(textOf(this.#asked.method, response ?? {}));
      const half = bytes.subarray(0, Math.floor(bytes.length / 2)).toString();
      this.#finish({ failure: garbage(GATEWAY, half) });
    }
  }

  /** Every piece is a sign of life, and so are the headers before the first. */
  #drip(response: object, { bytes, everyMs }: { readonly bytes: number; readonly everyMs: number }): void {
    const { clock, timeoutMs } = this.#parts;
    const pieces = Math.ceil(Buffer.byteLength(textOf(this.#asked.method, response)) / bytes);
    this.#waitForSignsOfLife();
    if (pieces > 1 && everyMs >= timeoutMs) return;
    clock.clearTimeout(this.#silence);
    clock.setTimeout(() => this.#finish({ response }), (pieces - 1) * everyMs);
  }

  #connectionLost(words: string): void {
    this.#parts.clock.clearTimeout(this.#silence);
    if (this.#attempts < ATTEMPTS) this.attempt();
    else this.#fail('PJ_PLATFORM_LOST', words);
  }

  #waitForSignsOfLife(): void {
    const { clock, timeoutMs } = this.#parts;
    clock.clearTimeout(this.#silence);
    this.#silence = clock.setTimeout(
      () => this.#fail('PJ_PLATFORM_TIMEOUT', `Request timeout for ${timeoutMs} ms`),
      timeoutMs,
    );
  }

  #fail(code: PlatformFailure, problem: string): void {
    this.#finish({ failure: failure(code, GATEWAY, problem) });
  }

  #finish(result: ExchangeResult): void {
    if (this.#over) return;
    this.#over = true;
    this.#parts.clock.clearTimeout(this.#silence);
    this.#asked.done(this.#attempts > 1 ? { ...result, repeated: true } : result);
  }
}

function orderNoOf(content: object): string | undefined {
  const orderNo: unknown = 'out_trade_no' in content ? content.out_trade_no : undefined;
  return typeof orderNo === 'string' ? orderNo : undefined;
}

/** The answer as it goes over a wire, but that nobody has signed it: a signature by an RSA key of 2048 bits has 344 characters. */
function textOf(method: string, response: object): string {
  return JSON.stringify({ [`${method.replaceAll('.', '_')}_response`]: response, sign: '='.padStart(344, 'A') });
}
