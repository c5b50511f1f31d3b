import { AlipaySdk } from 'alipay-sdk';
import { type AlipayConfig, type CheckedAlipayConfig, checkAlipayConfig } from './config.js';
import { explain, UnsignedAnswer } from './sdk-failures.js';
import type { AlipayTransport } from './transport.js';

/**
 * The way to the gateway by the vendor's own SDK. Throws for a configuration that cannot work; after that, whatever goes
 * wrong is a failure with a code.
 *
 * Two habits of the SDK to know: a request whose connection is reset is sent a second time by itself, which is harmless
 * because the order number is the same; and its time-out is for silence, so an answer that drips in can take longer.
 */
export function createSdkTransport(config: AlipayConfig): AlipayTransport {
  const sdk = new VerifyingSdk(checkAlipayConfig(config));
  return {
    exchange(method, bizContent, done) {
      const notify_url = method === 'alipay.trade.pay' ? config.notifyUrl?.() : undefined;
      sdk
        .exec(method, { bizContent, ...(notify_url === undefined ? {} : { notify_url }) }, { validateSign: true })
        .then((response) => {
          if (typeof response !== 'object' || response === null) throw new TypeError('the answer is not an object');
          return { response };
        })
        .catch((error: unknown) => ({ failure: explain(error, config.gateway) }))
        .then(done);
    },
  };
}

/** The SDK as it is, but for one thing: without a signature it fails over its own feet, and what the platform said is lost. */
class VerifyingSdk extends AlipaySdk {
  constructor({ gateway, appId, privateKey, platformPublicKey, timeoutMs }: CheckedAlipayConfig) {
    super({
      gateway,
      appId,
      privateKey,
      keyType: 'PKCS8',
      alipayPublicKey: platformPublicKey,
      timeout: timeoutMs,
      camelcase: false,
    });
  }

  override checkResponseSign(raw: string, responseKey: string, sign: unknown, traceId: string): void {
    if (typeof sign !== 'string') throw new UnsignedAnswer(raw);
    super.checkResponseSign(raw, responseKey, sign, traceId);
  }
}
