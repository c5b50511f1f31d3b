import type { PrinterProfile } from '../../ports/device.js';
import { ASB_OFF, ASB_ON } from '../commands.js';
import type { Dialect } from '../dialect.js';
import { TicketEncoder } from '../ticket/encoder.js';
import { escposLanguage, headToCutterDots, INITIALIZE } from './language.js';
import { preparePieces } from './prepare-pieces.js';

/** Feeds to the blade, then cuts and leaves one point uncut. */
const GS_V_66 = '\x1dVB\0';

/** Prepares ESC/POS for one printer model: a promise, kept in milliseconds, once. Encoding a ticket then takes microseconds. */
export function prepareEscpos(profile: PrinterProfile) {
  // A model sold in China may boot with Chinese on; a code page needs it off. GS a again, as ESC @ undoes it on some.
  const chineseOff = profile.cjk === 'gb18030' ? '' : '\x1c.';
  const statusBack = Buffer.from(profile.checkpoint === 'GS r' ? ASB_OFF : ASB_ON).toString('latin1');
  const cutter = { commands: GS_V_66, dots: headToCutterDots(profile), cuts: 1 };
  return preparePieces(profile).then((pieces): Dialect => {
    const begin = INITIALIZE + statusBack + chineseOff + pieces.select;
    return new TicketEncoder(profile, escposLanguage(profile, pieces, { begin, cutter }));
  });
}
