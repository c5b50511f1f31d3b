import { z } from 'zod';
import { fault } from '../fault.js';
import { READINGS, readsOtherwise } from '../readings.js';

/**
 * A scratched screen, a reflection, a hand that moves. What is read is never a code that somebody could pay with: a wrong
 * digit in its middle would be another customer's, and no scanner lets it pass, since barcodes carry check digits.
 */
export const misread = fault({
  name: 'scanner.misread',
  title: { zh: '付款码读错', en: 'code misread' },
  about:
    'The code comes garbled, with a wrong beginning, or run together with itself. Seen as a code that is not valid; nothing is asked of the platform.',
  attributes: READINGS.extend({
    as: z
      .enum(['garbled', 'prefix', 'long'])
      .default('garbled')
      .describe('a character that is no digit; first digits that no wallet has; twice the digits in one'),
  }),
  needs: 'scanner',
  begin: (ground, { as, times }) => readsOtherwise(ground, times, MISREAD[as]),
});

const MISREAD = {
  garbled: (code: string) => `${code.slice(0, 8)}?${code.slice(9)}`,
  prefix: (code: string) => `99${code.slice(2)}`,
  long: (code: string) => `${code}${code}`,
};
