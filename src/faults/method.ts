import { z } from 'zod';
import type { FaultSites } from '../ports/faults.js';

const METHODS = ['alipay.trade.pay', 'alipay.trade.query', 'alipay.trade.cancel', 'alipay.trade.refund'] as const;

/** Whose answers a fault of the platform strikes. */
export const METHOD = z.enum(METHODS).default('alipay.trade.pay');

/** The same, or the platform's asynchronous notices. */
export const METHOD_OR_NOTIFY = z.enum([...METHODS, 'notify']).default('alipay.trade.pay');

/** How often a fault strikes that is not a condition. */
export const TIMES = z.int().min(1).max(1_000_000);

/** For faults that strike answers or notices: those need a platform that sends some. */
export function noticesIfMeant({ method }: { method: z.infer<typeof METHOD_OR_NOTIFY> }): keyof FaultSites | undefined {
  return method === 'notify' ? 'notices' : undefined;
}
