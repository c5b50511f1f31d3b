import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type AlipayConfig, checkAlipayConfig } from '../../../src/acquirer/alipay/config.js';

const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 });
const platform = generateKeyPairSync('rsa', { modulusLength: 2048 });
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const text = (pem: string | Buffer) => pem.toString();
const bare = (pem: string) => pem.replaceAll(/-----.*-----|\n/g, '');

const PKCS8 = text(merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }));
const PKCS1 = text(merchant.privateKey.export({ type: 'pkcs1', format: 'pem' }));
const SPKI = text(platform.publicKey.export({ type: 'spki', format: 'pem' }));
const OWN = text(merchant.publicKey.export({ type: 'spki', format: 'pem' }));

const config = (changes: Partial<AlipayConfig> = {}): AlipayConfig => ({
  gateway: 'https://openapi-sandbox.dl.alipaydev.com/gateway.do',
  appId: '2021000000000001',
  privateKey: PKCS8,
  platformPublicKey: SPKI,
  ...changes,
});

describe('keys', () => {
  test.each([
    ['PKCS#8 in PEM', { privateKey: PKCS8 }],
    ['PKCS#1 in PEM', { privateKey: PKCS1 }],
    ['PKCS#1 in PEM, whatever keyType says', { privateKey: PKCS1, keyType: 'PKCS8' as const }],
    ['PKCS#8, bare', { privateKey: bare(PKCS8) }],
    ['PKCS#1, bare', { privateKey: bare(PKCS1) }],
    ['PKCS#1, bare and said to be', { privateKey: bare(PKCS1), keyType: 'PKCS1' as const }],
    ['bare with line ends of Windows', { privateKey: `${bare(PKCS8).slice(0, 64)}\r\n${bare(PKCS8).slice(64)}\r\n` }],
  ])('private: %s', (_what, change) => {
    const checked = checkAlipayConfig(config(change));
    expect(createPrivateKey(checked.privateKey).equals(merchant.privateKey)).toBe(true);
  });

  test.each([
    ['PEM', SPKI],
    ['bare', bare(SPKI)],
  ])('public: %s', (_what, platformPublicKey) => {
    const checked = checkAlipayConfig(config({ platformPublicKey }));
    expect(createPublicKey(checked.platformPublicKey).equals(platform.publicKey)).toBe(true);
  });

  test.each([
    ['privateKey', '', 'it is empty'],
    ['privateKey', 'not a key', 'it cannot be read'],
    ['privateKey', PKCS8.slice(0, 400), 'it cannot be read'],
    ['privateKey', SPKI, 'it cannot be read'],
    ['privateKey', text(curve.privateKey.export({ type: 'pkcs8', format: 'pem' })), 'it is of type ec'],
    ['platformPublicKey', '', 'it is empty'],
    ['platformPublicKey', bare(SPKI).slice(4), 'it cannot be read'],
    ['platformPublicKey', PKCS8, 'it is a private key'],
    ['platformPublicKey', OWN, "it is the app's own public key, and the platform's is wanted"],
    ['platformPublicKey', bare(OWN), "it is the app's own public key, and the platform's is wanted"],
  ])('a wrong %s is refused at start: %#', (field, value, problem) => {
    expect(() => checkAlipayConfig(config({ [field]: value }))).toThrow(
      expect.objectContaining({ code: 'PJ_KEY', data: { field: `acquirer.alipay.${field}`, problem } }),
    );
  });

  test('a bare key of the other type than said is refused', () => {
    expect(() => checkAlipayConfig(config({ privateKey: bare(PKCS1), keyType: 'PKCS8' }))).toThrow(
      expect.objectContaining({ code: 'PJ_KEY' }),
    );
  });

  test('no message has key material in it', () => {
    try {
      checkAlipayConfig(config({ privateKey: bare(PKCS8).slice(0, 800) }));
      expect.unreachable();
    } catch (error) {
      expect(String(error)).not.toContain(bare(PKCS8).slice(0, 20));
    }
  });
});

describe('the rest', () => {
  test.each([
    ['gateway', 'openapi.alipay.com'],
    ['gateway', 'ftp://openapi.alipay.com'],
    ['appId', ' '],
    ['timeoutMs', 0],
    ['timeoutMs', 1.5],
    ['timeoutMs', Number.NaN],
  ])('a wrong %s is refused at start: %j', (field, value) => {
    expect(() => checkAlipayConfig(config({ [field]: value }))).toThrow(
      expect.objectContaining({
        code: 'PJ_ACQUIRER_CONFIG',
        data: expect.objectContaining({ field: `acquirer.alipay.${field}` }),
      }),
    );
  });

  test('has its defaults', () => {
    expect(checkAlipayConfig(config({ appId: ' 2021 ' }))).toMatchObject({ appId: '2021', timeoutMs: 10_000 });
  });
});
