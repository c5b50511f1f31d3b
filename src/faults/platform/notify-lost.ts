import { z } from 'zod';
import { fault, site } from '../fault.js';
import { TIMES } from '../method.js';

/** The platform's notices do not arrive. */
export const notifyLost = fault({
  name: 'platform.notify-lost',
  title: { zh: '异步通知丢失', en: 'notify lost' },
  about: 'Notices go out and do not arrive; the platform repeats them. Seen as nothing: the terminal has to ask.',
  attributes: z.strictObject({
    times: TIMES.optional().describe('how many attempts are lost; all of them if nothing is said'),
  }),
  needs: 'notices',
  begin({ sites }, { times = Number.POSITIVE_INFINITY }) {
    let left = times;
    return site(sites, 'notices').onNotice((delivery) => (left-- > 0 ? [] : [delivery]));
  },
});
