import type { PrinterProfile } from '../ports/device.js';
import type { Dialect } from './dialect.js';
import { prepareEscpos } from './escpos/dialect.js';
import { prepareThermal } from './thermal/dialect.js';

/** The language that a printer model is spoken to in, ready to encode tickets for it. Prepared once, in milliseconds. */
export async function prepareDialect(profile: PrinterProfile): Promise<Dialect> {
  const { language = 'escpos' } = profile;
  return language === 'escpos' ? prepareEscpos(profile) : prepareThermal(language, profile);
}
