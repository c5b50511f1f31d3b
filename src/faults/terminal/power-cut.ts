import { z } from 'zod';
import { fault, site } from '../fault.js';

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
  }),
  needs: 'terminal',
  begin: ({ sites }, { offMs }) => site(sites, 'terminal').powerOff(offMs),
});
