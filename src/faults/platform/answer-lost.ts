import { z } from 'zod';
import { fault, site } from '../fault.js';
import { METHOD } from '../method.js';

/** The platform has booked, and its answer never arrives: the connection stays open and silent. */
export const answerLost = fault({
  name: 'platform.answer-lost',
  title: { zh: '支付结果未返回', en: 'answer lost after booking' },
  about: 'The ledger has booked, and the answer never arrives. Seen as a time-out: the customer may have paid.',
  attributes: z.strictObject({
    method: METHOD.describe('which answers are lost'),
    times: z.int().min(1).max(1_000_000).default(1).describe('how many of them'),
  }),
  needs: 'platform',
  begin({ sites }, { method, times }) {
    let left = times;
    return site(sites, 'platform').onAnswer((answer) => (answer.method === method && left-- > 0 ? 'lose' : 'deliver'));
  },
});
