import { z } from 'zod';
import { fault, site } from '../fault.js';

/** There is no room for another record. What was acknowledged stays; the terminal is out of service until it boots with room. */
export const diskFull = fault({
  name: 'terminal.disk-full',
  title: { zh: '终端存储已满', en: 'disk full' },
  about:
    'The journal cannot grow any more. Seen as a record that cannot be stored: out of service, and nothing is done.',
  usually: { journal: 'authorize-intent' },
  condition: true,
  attributes: z.strictObject({}),
  needs: 'terminal',
  begin({ sites }) {
    const terminal = site(sites, 'terminal');
    terminal.diskFull(true);
    return () => terminal.diskFull(false);
  },
});
