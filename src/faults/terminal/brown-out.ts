import { z } from 'zod';
import { fault, site } from '../fault.js';
import { lacksFlash, UNSYNCED_RECORDS } from '../unsynced.js';

/** A weak supply: the power goes and comes several times, so that the terminal dies in the middle of its recovery too. */
export const brownOut = fault({
  name: 'terminal.brown-out',
  title: { zh: '终端电压不稳', en: 'brown out' },
  about: 'Several short cuts in a row, some while the terminal boots. Seen as boots one after the other.',
  usually: { journal: 'authorize-intent' },
  attributes: z.strictObject({
    cuts: z.int().min(1).max(1_000).default(4).describe('how many'),
    offMs: z.int().min(0).max(600_000).default(150).describe('milliseconds without power, each time'),
    onMs: z.int().min(1).max(600_000).default(40).describe('milliseconds with power in between'),
    unsynced: UNSYNCED_RECORDS,
  }),
  needs: 'terminal',
  lacks: lacksFlash,
  begin({ sites, clock }, { cuts, offMs, onMs, unsynced }) {
    let left = cuts;
    let timer: unknown;
    let switchOn = () => {};
    const cut = () => {
      switchOn = site(sites, 'terminal').powerOff(offMs, { unsynced });
      if (--left > 0) timer = clock.setTimeout(cut, offMs + onMs);
    };
    cut();
    return () => {
      clock.clearTimeout(timer);
      switchOn();
    };
  },
});
