import { z } from 'zod';
import { fault } from '../fault.js';
import { READINGS, readsOtherwise } from '../readings.js';

/** The cable to the scanner loses the end of what it read, or the customer pulls the phone away. */
export const short = fault({
  name: 'scanner.short',
  title: { zh: '付款码不完整', en: 'code cut short' },
  about: 'Only the first digits of the code arrive. Seen as a code of the wrong length.',
  attributes: READINGS.extend({
    digits: z.int().min(0).max(15).default(12).describe('how many digits arrive; a code has 16 at least'),
  }),
  needs: 'scanner',
  begin: (ground, { digits, times }) => readsOtherwise(ground, times, (code) => code.slice(0, digits)),
});
