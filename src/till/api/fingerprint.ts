import { createHash } from 'node:crypto';

/** Of what a request asks for: the same asks for the same. 64 bits, since it guards against slips, and nobody else. */
export function fingerprintOf(asked: object): string {
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 16);
}
