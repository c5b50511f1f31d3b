import { z } from 'zod';
import type { NetworkBreak, NetworkRequest, Undo } from '../ports/faults.js';
import { type FaultGround, site } from './fault.js';
import { METHOD } from './method.js';

const COUNT = z.int().min(1).max(1_000_000);

/**
 * Which requests a fault of the network strikes. One that the vendor's SDK sends again by itself counts anew. Defaults: the
 * first one, of those that pay.
 */
export const exchanges = ({ method = 'alipay.trade.pay', times = 1 }: Partial<Struck> = {}) => ({
  method: z
    .enum(['any', ...METHOD.unwrap().options])
    .default(method)
    .describe('which requests it strikes'),
  from: COUNT.default(1).describe('with which of them it begins, counted from 1'),
  times: COUNT.default(times).describe('how many of them'),
});

interface Struck {
  readonly method: 'any' | z.infer<typeof METHOD>;
  readonly from: number;
  readonly times: number;
}

/** Tells of each request whether it is one of those; it counts. */
export function strikes({ method, from, times }: Struck): (request: NetworkRequest) => boolean {
  let seen = 0;
  return (request) => {
    if (method !== 'any' && method !== request.method) return false;
    seen++;
    return seen >= from && seen < from + times;
  };
}

/** Ends those exchanges in this way. */
export function breakOff({ sites }: FaultGround, struck: Struck, breaks: NetworkBreak): Undo {
  const isStruck = strikes(struck);
  return site(sites, 'network').onRequest((request) => (isStruck(request) ? { breaks } : undefined));
}

/** Whether a fault that comes in the place of the platform's answer lets the request through first. */
export const DELIVERED = z
  .boolean()
  .default(true)
  .describe('whether the platform has got the request before, and has booked');
