import { z } from 'zod';

/** A person does a thing a moment after seeing a reason for it. */
export const REACTION = z.strictObject({
  reactionMs: z.int().min(0).max(600_000).default(300).describe('milliseconds from the moment until the hand is there'),
});
