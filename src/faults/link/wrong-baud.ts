import { z } from 'zod';
import { fault, site } from '../fault.js';

const BAUD = z.int().min(300).max(4_000_000);

/**
 * The two ends of the serial line are set to different rates: each samples the other's bits at the wrong moments. The
 * printer takes what it hears for commands and text, and prints `?` for a byte without a stop bit.
 */
export const wrongBaud = fault({
  name: 'link.wrong-baud',
  title: { zh: '波特率错误', en: 'wrong baud rate' },
  about: 'Both ends hear garbage, and the printer prints it. Seen as silence, or as answers that make no sense.',
  usually: 'now',
  condition: true,
  attributes: z.strictObject({
    host: BAUD.default(115_200).describe('bits a second that the terminal is set to'),
    printer: BAUD.default(9_600).describe('bits a second that the printer is set to'),
  }),
  needs: 'printerLink',
  begin({ sites }, { host, printer }) {
    const link = site(sites, 'printerLink');
    link.rates({ host, printer });
    return () => link.rates(undefined);
  },
});
