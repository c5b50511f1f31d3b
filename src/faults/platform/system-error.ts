import { z } from 'zod';
import { fault, site } from '../fault.js';
import { METHOD, TIMES } from '../method.js';

/** The platform says SYSTEM_ERROR, whether or not it has done what it was asked for. */
export const systemError = fault({
  name: 'platform.system-error',
  title: { zh: '支付平台系统异常', en: 'system error' },
  about: 'The platform answers that it had an error, and may have booked. Seen as ACQ.SYSTEM_ERROR or 20000: unknown.',
  attributes: z.strictObject({
    method: METHOD.describe('which requests are answered so'),
    times: TIMES.default(1).describe('how many of them'),
    booked: z.boolean().default(true).describe('whether it has done what it was asked for all the same'),
    says: z.enum(['ACQ.SYSTEM_ERROR', '20000']).default('ACQ.SYSTEM_ERROR').describe('in which words'),
  }),
  needs: 'platform',
  begin({ sites }, { method, times, booked, says }) {
    const platform = site(sites, 'platform');
    const say = says === '20000' ? 'unavailable' : 'system-error';
    let left = times;
    if (booked) return platform.onAnswer((answer) => (answer.method === method && left-- > 0 ? { say } : 'deliver'));
    return platform.onRequest((request) => (request.method === method && left-- > 0 ? { refuse: say } : {}));
  },
});
