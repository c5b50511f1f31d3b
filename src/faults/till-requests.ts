import { z } from 'zod';
import type { TillAsk, TillBreak, TillFaceName, TillFate, TillKind, Undo } from '../ports/faults.js';
import { type FaultGround, site } from './fault.js';

const COUNT = z.int().min(1).max(1_000_000);
const KINDS = ['sale', 'status', 'abort', 'reversal', 'print', 'other'] as const satisfies readonly TillKind[];
const PROTOCOLS = ['api', 'nexo', 'square', 'stripe'] as const satisfies readonly TillFaceName[];

/** Which requests of a till a fault strikes. If nothing is said, the first one that sells. */
export const TILL_REQUESTS = {
  kind: z
    .enum(['any', ...KINDS])
    .default('sale')
    .describe('which requests it strikes, by what the till wants'),
  protocol: z
    .enum(['any', ...PROTOCOLS])
    .default('any')
    .describe('in which protocol'),
  from: COUNT.default(1).describe('with which of them it begins, counted from 1'),
  times: COUNT.default(1).describe('how many of them'),
};

export type StruckRequests = z.infer<z.ZodObject<typeof TILL_REQUESTS>>;

/** Those exchanges end so. */
export function befall({ sites }: FaultGround, struck: StruckRequests, fate: TillFate): Undo {
  const { kind, protocol, from, times } = struck;
  let seen = 0;
  return site(sites, 'tills').onRequest((ask: TillAsk) => {
    if ((kind !== 'any' && kind !== ask.kind) || (protocol !== 'any' && protocol !== ask.face)) return undefined;
    seen++;
    return seen >= from && seen < from + times ? fate : undefined;
  });
}

/** Whether what breaks an exchange off lets the request through first. */
export const DELIVERED = z
  .boolean()
  .default(true)
  .describe('whether the terminal has got the request before, and has done what it asks');

/** What makes a fault that comes in the place of the answer, and of which no more is to be said. */
export function insteadOfAnswer(how: TillBreak['how']) {
  return {
    attributes: z.strictObject(TILL_REQUESTS),
    needs: 'tills',
    begin: (ground: FaultGround, struck: StruckRequests) =>
      befall(ground, struck, { breaks: { delivered: true, how } }),
  } as const;
}
