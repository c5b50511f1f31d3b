import { z } from 'zod';
import { fault, site } from '../fault.js';

/** Nobody takes connections at the platform's address: its host is up, its service is not. Nothing is sent. */
export const refused = fault({
  name: 'network.refused',
  title: { zh: '连接被拒绝', en: 'connection refused' },
  about:
    'New connections are refused, and no request leaves the terminal. Seen as an immediate failure, PJ_PLATFORM_UNREACHABLE with ECONNREFUSED.',
  attributes: z.strictObject({}),
  needs: 'network',
  begin: ({ sites }) => site(sites, 'network').refuse(),
});
