import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { PaperjamError } from '../../base/errors.js';

/** All it takes to reach the vendor's gateway, its sandbox, or an emulated platform. */
export interface AlipayConfig {
  /** `https://openapi.alipay.com/gateway.do`, `https://openapi-sandbox.dl.alipaydev.com/gateway.do`, or the emulated one. */
  readonly gateway: string;
  /** The app's number, 16 digits. */
  readonly appId: string;
  /** The app's private key (应用私钥): PEM, or the bare base64 that Alipay's key tool gives out. */
  readonly privateKey: string;
  /** Alipay's public key (支付宝公钥), not the app's own: PEM or bare. */
  readonly platformPublicKey: string;
  /** What a bare private key is. Default: PKCS8 is tried, then PKCS1. */
  readonly keyType?: 'PKCS1' | 'PKCS8';
  /** Longest silence of the platform, in ms. Default 10000. */
  readonly timeoutMs?: number;
  /** Where the platform is to send its notices of payments; asked at each payment. Default: nowhere. */
  readonly notifyUrl?: (() => string | undefined) | undefined;
}

export interface CheckedAlipayConfig {
  readonly gateway: string;
  readonly appId: string;
  /** PKCS#8 and SPKI, PEM. */
  readonly privateKey: string;
  readonly platformPublicKey: string;
  readonly timeoutMs: number;
}

/**
 * Finds at start what would otherwise make every sale end unknown. Throws `PJ_KEY` for a key that cannot be read or is
 * the wrong one, `PJ_ACQUIRER_CONFIG` for the rest; both name the field.
 */
export function checkAlipayConfig(config: AlipayConfig): CheckedAlipayConfig {
  const { gateway, appId, timeoutMs = 10_000 } = config;
  if (!isHttpUrl(gateway)) throw configError('gateway', gateway, 'an http or https URL');
  if (appId.trim() === '') throw configError('appId', appId, "the app's number");
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1) throw configError('timeoutMs', timeoutMs, 'whole ms from 1');
  const privateKey = readPrivateKey(config.privateKey, config.keyType);
  const platformPublicKey = readPublicKey(config.platformPublicKey);
  const ownPublicKey = pem(createPublicKey(privateKey));
  if (pem(platformPublicKey) === ownPublicKey) {
    throw keyError('platformPublicKey', "it is the app's own public key, and the platform's is wanted");
  }
  return {
    gateway,
    appId: appId.trim(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    platformPublicKey: pem(platformPublicKey),
    timeoutMs,
  };
}

function readPrivateKey(text: string, keyType: AlipayConfig['keyType']): KeyObject {
  const types = keyType === undefined ? (['PKCS8', 'PKCS1'] as const) : [keyType];
  const forms = text.includes('-----')
    ? [text]
    : types.map((type) => wrap(text, type === 'PKCS8' ? 'PRIVATE KEY' : 'RSA PRIVATE KEY'));
  return readKey('privateKey', text, forms, createPrivateKey);
}

function readPublicKey(text: string): KeyObject {
  if (text.includes('PRIVATE KEY')) throw keyError('platformPublicKey', 'it is a private key');
  const forms = text.includes('-----') ? [text] : [wrap(text, 'PUBLIC KEY')];
  return readKey('platformPublicKey', text, forms, createPublicKey);
}

function readKey(field: string, text: string, forms: readonly string[], read: (pem: string) => KeyObject): KeyObject {
  if (text.trim() === '') throw keyError(field, 'it is empty');
  let cause: unknown;
  for (const form of forms) {
    try {
      const key = read(form);
      if (key.asymmetricKeyType === 'rsa') return key;
      throw keyError(field, `it is of type ${key.asymmetricKeyType}`);
    } catch (error) {
      if (error instanceof PaperjamError) throw error;
      cause ??= error;
    }
  }
  throw keyError(field, 'it cannot be read', cause);
}

function wrap(bare: string, label: string): string {
  return `-----BEGIN ${label}-----\n${bare.replaceAll(/\s+/g, '')}\n-----END ${label}-----`;
}

function pem(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function keyError(field: string, problem: string, cause?: unknown): PaperjamError {
  return new PaperjamError('PJ_KEY', { field: `acquirer.alipay.${field}`, problem }, { cause });
}

function configError(field: string, value: unknown, allowed: string): PaperjamError {
  return new PaperjamError('PJ_ACQUIRER_CONFIG', {
    field: `acquirer.alipay.${field}`,
    value: JSON.stringify(value),
    allowed,
  });
}
