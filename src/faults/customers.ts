import { z } from 'zod';
import type { Approach } from '../ports/faults.js';
import type { FaultGround } from './fault.js';
import { site } from './fault.js';
import { firstOnly, TIMES } from './times.js';

/** The attribute of every fault in which the next so many customers behave otherwise. */
export const CUSTOMERS = z.strictObject({ times: TIMES.describe('how many customers') });

export const DECIDES_MS = z.int().min(0).max(600_000);

/** A real customer does what he does; that is for the person at the bench to play. */
export const EMULATED_ONLY = {
  needs: 'customer',
  lacks: ({ customer }: FaultGround['sites']) => (customer?.oldCode === undefined ? 'emulated customer' : undefined),
} as const;

/** The next so many customers of the emulated platform behave otherwise. */
export function comesOtherwise({ sites }: FaultGround, times: number, customer: Approach) {
  const strikes = firstOnly(times);
  return site(sites, 'customer').onApproach((one) => (strikes() ? customer : one));
}
