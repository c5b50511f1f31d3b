import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { AlipaySdk, type AlipaySdkConfig } from 'alipay-sdk';
import { Agent } from 'urllib';
import { type AlipayConfig, type CheckedAlipayConfig, checkAlipayConfig } from './config.js';
import { explain, UnsignedAnswer } from './sdk-failures.js';
import type { AlipayTransport } from './transport.js';

/** Another way to the gateway than straight to its address. */
export interface Route {
  /** Who is asked in its place: `http://127.0.0.1:40123`. */
  readonly origin: string;
  /** The authority whose certificates are trusted on this way, PEM. Default: those that Node knows. */
  readonly trusts?: string;
}

/**
 * The way to the gateway by the vendor's own SDK. Throws for a configuration that cannot work; after that, whatever goes
 * wrong is a failure with a code.
 *
 * Two habits of the SDK to know: a request whose connection is reset is sent a second time by itself, which books
 * nothing twice because the order number is the same, and is told as `repeated`; and its time-out is for silence, so an answer that drips in can take longer.
 *
 * `route` is asked for the way of each exchange; `undefined` is straight on. Whatever the way, failures name the gateway.
 */
export function createSdkTransport(
  config: AlipayConfig,
  route: () => Route | undefined | Promise<Route> = () => undefined,
): AlipayTransport {
  const checked = checkAlipayConfig(config);
  let latest = { way: undefined as Route | undefined, sdk: new VerifyingSdk(checked) };
  const sdkOn = (way: Route | undefined) => {
    const same = way?.origin === latest.way?.origin && way?.trusts === latest.way?.trusts;
    if (!same) latest = { way, sdk: new VerifyingSdk(checked, way) };
    return latest.sdk;
  };
  return {
    exchange(method, bizContent, done) {
      const notify_url = method === 'alipay.trade.pay' ? config.notifyUrl?.() : undefined;
      const request = { bizContent, ...(notify_url === undefined ? {} : { notify_url }) };
      const sent = { times: 0 };
      Promise.resolve(route())
        .then((way) => sendings.run(sent, () => sdkOn(way).exec(method, request, { validateSign: true })))
        .then((response) => {
          if (typeof response !== 'object' || response === null) throw new TypeError('the answer is not an object');
          return sent.times > 1 ? { response, repeated: true } : { response };
        })
        .catch((error: unknown) => ({ failure: explain(error, config.gateway) }))
        .then(done);
    },
  };
}

/** The exchange that is under way; the SDK does not say how often it has sent it, and its HTTP client does, each time. */
const sendings = new AsyncLocalStorage<{ times: number }>();
subscribe('urllib:request', () => {
  const sent = sendings.getStore();
  if (sent !== undefined) sent.times++;
});

/** The SDK as it is, but for one thing: without a signature it fails over its own feet, and what the platform said is lost. */
class VerifyingSdk extends AlipaySdk {
  constructor({ gateway, appId, privateKey, platformPublicKey, timeoutMs }: CheckedAlipayConfig, way?: Route) {
    const { pathname, search } = new URL(gateway);
    super({
      gateway: way === undefined ? gateway : `${way.origin}${pathname}${search}`,
      appId,
      privateKey,
      keyType: 'PKCS8',
      alipayPublicKey: platformPublicKey,
      timeout: timeoutMs,
      camelcase: false,
      ...(way?.trusts === undefined ? {} : { proxyAgent: trusting(way.trusts) }),
    });
  }

  override checkResponseSign(raw: string, responseKey: string, sign: unknown, traceId: string): void {
    if (typeof sign !== 'string') throw new UnsignedAnswer(raw);
    super.checkResponseSign(raw, responseKey, sign, traceId);
  }
}

/** The SDK hands on any dispatcher of urllib's to urllib; its types name the one for proxies only. */
function trusting(ca: string): NonNullable<AlipaySdkConfig['proxyAgent']> {
  return new Agent({ connect: { ca } }) as unknown as NonNullable<AlipaySdkConfig['proxyAgent']>;
}
