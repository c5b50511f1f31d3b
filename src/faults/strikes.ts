import { z } from 'zod';
import type { Random } from '../ports/random.js';

/** Which bytes of a stream a fault strikes: the attributes, for faults that strike some of them. */
export const STRIKES = {
  every: z.int().min(1).max(1_000_000).default(500).describe('every so many bytes one is struck, counted each way'),
  share: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('the share of the bytes that is struck, by chance, instead of every'),
  times: z.int().min(1).max(1_000_000).optional().describe('how many are struck each way; as many as come if not said'),
};

export type Strikes = Readonly<z.infer<z.ZodObject<typeof STRIKES>>>;

const FINENESS = 1_000_000;

/** To be asked once for each byte that comes: whether it is struck. */
export function strikes({ every, share, times = Number.POSITIVE_INFINITY }: Strikes, random: Random): () => boolean {
  let bytes = 0;
  let left = times;
  const hit = share === undefined ? () => ++bytes % every === 0 : () => random.int(1, FINENESS) <= share * FINENESS;
  return () => left > 0 && hit() && left-- > 0;
}
