import { z } from 'zod';
import { fault, site } from '../fault.js';
import { METHOD_OR_NOTIFY, noticesIfMeant, TIMES } from '../method.js';

/** The platform's signature does not match what it says. */
export const badSignature = fault({
  name: 'platform.bad-signature',
  title: { zh: '验签失败', en: 'bad signature' },
  about: 'The ledger has booked, and the answer cannot be believed. Seen as a signature that does not match: unknown.',
  attributes: z.strictObject({
    method: METHOD_OR_NOTIFY.describe('which answers are signed wrongly, or the notices'),
    times: TIMES.default(1).describe('how many of them'),
  }),
  needs: 'platform',
  alsoNeeds: noticesIfMeant,
  begin({ sites }, { method, times }) {
    let left = times;
    const bad = { badSignature: true };
    if (method === 'notify') {
      return site(sites, 'notices').onNotice((delivery) => [left-- > 0 ? { ...delivery, ...bad } : delivery]);
    }
    return site(sites, 'platform').onAnswer((answer) => (answer.method === method && left-- > 0 ? bad : 'deliver'));
  },
});
