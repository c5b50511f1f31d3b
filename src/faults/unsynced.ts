import { z } from 'zod';
import type { FaultSites, Unsynced } from '../ports/faults.js';

/** What a cut leaves of the journal's last records, for faults that cut the power. */
export const UNSYNCED_RECORDS = z
  .enum(['chance', 'lost', 'kept', 'torn'])
  .default('chance')
  .describe(
    'what the flash keeps of records that were not durable: any number of bytes, none, all, or all but the end of the last record',
  );

/** Only a simulated flash loses what it was told to lose. */
export function lacksFlash(
  { terminal }: FaultSites,
  { unsynced }: { readonly unsynced: Unsynced },
): string | undefined {
  if (terminal?.forgets !== false || unsynced === 'chance' || unsynced === 'kept') return undefined;
  return 'flash that loses what was not durable: it is in virtual time only';
}
