import { z } from 'zod';
import type { Impairment, LinkSite, Undo } from '../ports/faults.js';

/** Which way the bytes go that a fault of a link befalls. */
export const DIRECTION = z.enum(['to-printer', 'to-host', 'both']);

/** Puts something in the way that was chosen. Each way gets one of its own, so that the two do not count together. */
export function impair(link: LinkSite, direction: z.infer<typeof DIRECTION>, make: () => Impairment): Undo {
  const ways = direction === 'both' ? (['to-printer', 'to-host'] as const) : [direction];
  const undos = ways.map((way) => link.impair(way, make()));
  return () => {
    for (const undo of undos) undo();
  };
}
