import { z } from 'zod';
import { fault, site } from '../fault.js';

/** The clocks of platform and terminal differ. */
export const clockSkew = fault({
  name: 'platform.clock-skew',
  title: { zh: '时钟不一致', en: 'clock skew' },
  about:
    "The platform's times are off the terminal's, and a request too far off is refused. Seen as isv.invalid-timestamp, and as an odd time of payment.",
  condition: true,
  attributes: z.strictObject({
    aheadMs: z
      .int()
      .min(-86_400_000)
      .max(86_400_000)
      .default(1_200_000)
      .describe("milliseconds that the platform's clock is ahead; less than 0: behind"),
    toleranceMs: z
      .int()
      .min(0)
      .max(86_400_000)
      .default(600_000)
      .describe("milliseconds that a request's time stamp may be off"),
  }),
  needs: 'platform',
  begin({ sites }, { aheadMs, toleranceMs }) {
    const platform = site(sites, 'platform');
    platform.clock({ aheadMs, toleranceMs });
    return () => platform.clock(undefined);
  },
});
