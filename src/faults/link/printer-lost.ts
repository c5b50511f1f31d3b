import { z } from 'zod';
import { fault, site } from '../fault.js';

/** The printer's cable comes out: both sides lose the link, and the bytes on the way are lost. */
export const printerLost = fault({
  name: 'link.printer-lost',
  title: { zh: '打印机连接断开', en: 'printer cable out' },
  about: 'The cable comes out. Seen as a lost link; the printer keeps what it has received.',
  usually: { byte: 400 },
  condition: true,
  attributes: z.strictObject({}),
  needs: 'printerLink',
  begin({ sites }) {
    const link = site(sites, 'printerLink');
    link.unplug();
    return () => link.plug();
  },
});
