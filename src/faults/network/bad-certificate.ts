import { z } from 'zod';
import { fault, site } from '../fault.js';

/**
 * Whoever connects is shown a certificate that cannot be trusted: somebody listens in on the way, or the terminal's store
 * of authorities is out of date. The handshake fails and nothing is sent. On real ground the SDK speaks TLS for as long as
 * the fault lasts; the emulated platform is otherwise reached over plain HTTP.
 */
export const badCertificate = fault({
  name: 'network.bad-certificate',
  title: { zh: '证书无效', en: 'bad certificate' },
  about:
    'The certificate on the way to the platform cannot be trusted, and no request leaves the terminal. Seen as an immediate failure, PJ_PLATFORM_CERTIFICATE.',
  attributes: z.strictObject({
    problem: z
      .enum(['unknown-issuer', 'wrong-host'])
      .default('unknown-issuer')
      .describe('what is wrong with it: nobody known has issued it, or it is for another host'),
  }),
  needs: 'network',
  begin: ({ sites }, { problem }) => site(sites, 'network').showCertificate(problem),
});
