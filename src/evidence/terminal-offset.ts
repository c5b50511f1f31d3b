import { z } from 'zod';

/** China's, where a terminal says nothing else. */
const USUAL_MINUTES = 480;

const SETTINGS = z.object({ config: z.object({ merchant: z.object({ utcOffsetMinutes: z.number() }) }) });

/** Local time at the terminal, minutes east of UTC, by its settings. */
export function offsetOf(settings: object): number {
  return SETTINGS.safeParse(settings).data?.config.merchant.utcOffsetMinutes ?? USUAL_MINUTES;
}
