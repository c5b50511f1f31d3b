import { z } from 'zod';
import { fault, site } from '../fault.js';

const YEAR_MS = 366 * 86_400_000;

/** The clock is set, by a person or over the network, or its battery is empty. Whoever measured with it would be misled. */
export const clockJump = fault({
  name: 'terminal.clock-jump',
  title: { zh: '终端时钟跳变', en: 'clock jumps' },
  about:
    'The terminal takes another time for the present, while whatever it waits for takes as long as before. Seen as times in journal and ticket that are out of order.',
  usually: { state: 'settling.authorizing' },
  attributes: z.strictObject({
    byMs: z
      .int()
      .min(-10 * YEAR_MS)
      .max(10 * YEAR_MS)
      .default(3_600_000)
      .describe('milliseconds forward; below 0 back'),
  }),
  needs: 'terminal',
  begin: ({ sites }, { byMs }) => site(sites, 'terminal').shiftClock(byMs),
});
