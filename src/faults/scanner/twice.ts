import { z } from 'zod';
import { fault, site } from '../fault.js';
import { READINGS } from '../readings.js';
import { firstOnly } from '../times.js';

/** The trigger bounces, or the customer holds the phone there for too long. */
export const twice = fault({
  name: 'scanner.twice',
  title: { zh: '重复扫码', en: 'scanned twice' },
  about:
    'The same code is read once more. Seen as a second code while the sale is under way, or afterwards, when it is spent.',
  attributes: READINGS.extend({
    gapMs: z.int().min(0).max(600_000).default(300).describe('milliseconds between the two readings'),
  }),
  needs: 'scanner',
  begin({ sites }, { gapMs, times }) {
    const strikes = firstOnly(times);
    return site(sites, 'scanner').onRead((reading) =>
      strikes() ? [reading, { ...reading, afterMs: reading.afterMs + gapMs }] : [reading],
    );
  },
});
