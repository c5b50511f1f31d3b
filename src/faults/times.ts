import { z } from 'zod';

/** How often a fault strikes before it has done its work. */
export const TIMES = z.int().min(1).max(1_000_000).default(1);

/** Says `true` for the first so many that it is asked about. */
export function firstOnly(times: number): () => boolean {
  let left = times;
  return () => left > 0 && left-- > 0;
}
