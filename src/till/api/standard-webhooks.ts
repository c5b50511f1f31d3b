import { createHmac } from 'node:crypto';
import type { Sign } from '../hooks.js';

const SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/;

/**
 * A secret of Standard Webhooks: `whsec_` and 24 to 64 bytes in base64
 * (github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md, Signature scheme).
 */
export function isSecret(secret: string): boolean {
  const bytes = bytesOf(secret);
  return bytes !== undefined && bytes.length >= 24 && bytes.length <= 64;
}

export function secretOf(bytes: Uint8Array): string {
  return `whsec_${Buffer.from(bytes).toString('base64')}`;
}

/** Signs `id.timestamp.body`, the time in seconds; the header says by which scheme: `v1` is HMAC-SHA256. */
export const signStandard: Sign = (secret, _url, body, atMs, eventId) => {
  const timestamp = String(Math.floor(atMs / 1_000));
  const key = bytesOf(secret) ?? Buffer.from(secret);
  const signature = createHmac('sha256', key).update(`${eventId}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': eventId, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
};

function bytesOf(secret: string): Buffer | undefined {
  const [, base64] = SECRET.exec(secret) ?? [];
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
}
