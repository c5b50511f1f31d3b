import { createSign, generateKeyPairSync } from 'node:crypto';
import { AlipaySdk } from 'alipay-sdk';
import { EMULATED_APP_ID, type ServedPlatform, servePlatform } from '../../../../src/emulator/platform/alipay/http.js';
import { signedText } from '../../../../src/emulator/platform/alipay/signing.js';
import type { KeyPair } from '../../../../src/emulator/platform/keys.js';
import { createEmulatedPlatform, type PlatformOptions } from '../../../../src/emulator/platform/platform.js';
import { seededRandom } from '../../../../src/ground/seeded-random.js';
import { wallClock } from '../../../../src/ground/wall-clock.js';
import type { Storage } from '../../../../src/ports/storage.js';

const pair = (): KeyPair =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });

export const KEYS = { merchant: pair(), platform: pair() };
export const STRANGER = pair();

/** An emulated platform on real HTTP, and the vendor's unmodified SDK to talk to it. */
export async function servedPlatform(options: PlatformOptions = {}, storage?: Storage) {
  const platform = createEmulatedPlatform({ clock: wallClock, random: seededRandom(1), storage, options });
  const server = await servePlatform(platform, { keys: KEYS });
  return {
    platform,
    server,
    gateway: `${server.url}/gateway.do`,
    async [Symbol.asyncDispose]() {
      platform.close();
      await server.close();
    },
  };
}

export function vendorSdk(
  server: ServedPlatform,
  more: { appId?: string; privateKey?: string; timeout?: number } = {},
) {
  const sdk = new AlipaySdk({
    gateway: `${server.url}/gateway.do`,
    appId: EMULATED_APP_ID,
    privateKey: KEYS.merchant.privateKey,
    keyType: 'PKCS8',
    alipayPublicKey: KEYS.platform.publicKey,
    ...more,
  });
  const exec = (method: string, bizContent: object) => sdk.exec(method, { bizContent }, { validateSign: true });
  return {
    exec,
    pay: (orderNo: string, code: string, more: object = {}) =>
      exec('alipay.trade.pay', {
        out_trade_no: orderNo,
        scene: 'bar_code',
        auth_code: code,
        subject: '拿铁 & “大杯”=1',
        total_amount: '12.80',
        ...more,
      }),
    query: (orderNo: string) => exec('alipay.trade.query', { out_trade_no: orderNo }),
    cancel: (orderNo: string) => exec('alipay.trade.cancel', { out_trade_no: orderNo }),
    refund: (orderNo: string, yuan: string, requestNo?: string) =>
      exec('alipay.trade.refund', { out_trade_no: orderNo, refund_amount: yuan, out_request_no: requestNo }),
  };
}

/** The system parameters of a request for a query, as a merchant without the SDK would send them. */
export function parameters(changes: Readonly<Record<string, string | undefined>> = {}, key = KEYS.merchant.privateKey) {
  const all: Record<string, string | undefined> = {
    app_id: EMULATED_APP_ID,
    method: 'alipay.trade.query',
    format: 'JSON',
    charset: 'utf-8',
    sign_type: 'RSA2',
    timestamp: '2026-01-01 08:00:00',
    version: '1.0',
    biz_content: '{"out_trade_no":"A1"}',
    ...changes,
  };
  const present = new Map(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
  if (!('sign' in changes)) {
    present.set('sign', createSign('RSA-SHA256').update(signedText(present)).sign(key, 'base64'));
  }
  return new URLSearchParams([...present]);
}
