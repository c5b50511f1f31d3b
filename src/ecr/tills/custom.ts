import type { Custom } from '../../till/counter.js';
import type { TillsConfig } from '../../world/tills-config.js';

/** Who comes when a till asks for money. */
export function customOf({ customer }: TillsConfig): Custom {
  const { behaviour, afterMs, approachMs } = customer;
  return behaviour === 'none' ? 'none' : { behaviour, afterMs, approachMs };
}
