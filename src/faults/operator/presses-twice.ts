import { z } from 'zod';
import { fault, site } from '../fault.js';
import { firstOnly, TIMES } from '../times.js';

/** The key was slow, so it is pressed once more. */
export const pressesTwice = fault({
  name: 'operator.presses-twice',
  title: { zh: '重复按键', en: 'key pressed twice' },
  about: 'A key is pressed once more. Seen as the same key again, which the terminal takes or refuses.',
  attributes: z.strictObject({
    key: z.enum(['sale', 'cancel', 'reprint', 'reverse']).default('sale').describe('which key'),
    gapMs: z.int().min(0).max(600_000).default(200).describe('milliseconds between the two'),
    times: TIMES.describe('how many presses'),
  }),
  needs: 'operator',
  begin({ sites, clock }, { key, gapMs, times }) {
    const strikes = firstOnly(times);
    const timers = new Set<unknown>();
    const undo = site(sites, 'operator').onPress((pressed, again) => {
      if (pressed !== key || !strikes()) return;
      const timer = clock.setTimeout(() => {
        timers.delete(timer);
        again();
      }, gapMs);
      timers.add(timer);
    });
    return () => {
      undo();
      for (const timer of timers) clock.clearTimeout(timer);
    };
  },
});
