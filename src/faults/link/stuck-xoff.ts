import { z } from 'zod';
import { fault, site } from '../fault.js';

/**
 * The terminal's port was told to wait, and is never told to go on: the printer's XON was lost, or its busy line hangs.
 * The printer would take more, and its answers still come.
 */
export const stuckXoff = fault({
  name: 'link.stuck-xoff',
  title: { zh: '流控卡住', en: 'port held by flow control' },
  about:
    'Nothing more leaves the terminal; cleared, all of it goes on. Seen as a job that makes no progress, and as silence to every question.',
  usually: { byte: 400 },
  attributes: z.strictObject({}),
  needs: 'printerLink',
  begin({ sites }) {
    return site(sites, 'printerLink').impair('to-printer', { stops: true });
  },
});
