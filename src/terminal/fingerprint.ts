import { createHash } from 'node:crypto';
import { Remembered } from '../base/remembered.js';

/** Those that were made lately: terminals boot again and again with the same few configurations. */
const prints = new Remembered<string>(500);

/** What a configuration is known by: the same one gives the same, whatever the order of its fields. 16 hex digits. */
export function fingerprint(configuration: object): string {
  return prints.get(JSON.stringify(configuration), () => printOf(configuration));
}

function printOf(configuration: object): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(configuration)))
    .digest('hex')
    .slice(0, 16);
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
