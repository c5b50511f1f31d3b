import { z } from 'zod';
import { fault, site } from '../fault.js';
import { lacksFlash, UNSYNCED_RECORDS } from '../unsynced.js';

/**
 * The power of the terminal goes, at a moment as exact as `when` can say: between two operations of the journal, before a
 * request leaves. What was not durable may be lost. Printer and platform go on without it.
 */
export const powerCut = fault({
  name: 'terminal.power-cut',
  title: { zh: '终端断电', en: 'terminal without power' },
  about: 'The terminal loses its power, and boots when it is back. Seen at the next boot as a sale that is open.',
  usually: { journal: 'authorize-intent' },
  attributes: z.strictObject({
    offMs: z.int().min(0).max(86_400_000).default(0).describe('milliseconds until the power is back; 0: at once'),
    unsynced: UNSYNCED_RECORDS,
    rotBit: z
      .int()
      .min(0)
      .max(1_000_000_000)
      .optional()
      .describe('this bit of the journal flips meanwhile, counted from the beginning and over again behind the end'),
  }),
  needs: 'terminal',
  lacks: lacksFlash,
  begin: ({ sites }, { offMs, ...cut }) => site(sites, 'terminal').powerOff(offMs, cut),
});
