import { z } from 'zod';
import { fault, site } from '../fault.js';

/**
 * The platform's certificate has run out, or the terminal's clock is wrong. The handshake fails and nothing is sent. On
 * real ground the SDK speaks TLS for as long as the fault lasts.
 */
export const expiredCertificate = fault({
  name: 'network.expired-certificate',
  title: { zh: '证书过期', en: 'expired certificate' },
  about:
    'The certificate of the platform has expired, and no request leaves the terminal. Seen as an immediate failure, PJ_PLATFORM_CERTIFICATE with CERT_HAS_EXPIRED.',
  attributes: z.strictObject({}),
  needs: 'network',
  begin: ({ sites }) => site(sites, 'network').showCertificate('expired'),
});
