import { z } from 'zod';
import { fault, later, site } from '../fault.js';
import { REACTION } from '../reaction.js';

/** It hangs, so it is switched off and on again: what people do before they read the display. */
export const powerCycles = fault({
  name: 'operator.power-cycles',
  title: { zh: '收银员重启终端', en: 'cashier switches off and on' },
  about:
    'The terminal is switched off in the middle of its work, and on again. Seen at the next boot as a sale that is open.',
  usually: { state: 'settling.querying' },
  attributes: REACTION.extend({
    offMs: z.int().min(0).max(86_400_000).default(3_000).describe('milliseconds until it is switched on again'),
  }),
  needs: 'terminal',
  begin(ground, { reactionMs, offMs }) {
    let switchOn = () => {};
    const calledOff = later(ground, reactionMs, () => {
      switchOn = site(ground.sites, 'terminal').powerOff(offMs);
    });
    return () => {
      calledOff();
      switchOn();
    };
  },
});
