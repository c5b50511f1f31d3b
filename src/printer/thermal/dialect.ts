import type { PrinterLanguage, PrinterProfile } from '../../ports/device.js';
import type { Dialect } from '../dialect.js';
import { TicketEncoder } from '../ticket/encoder.js';
import type { Language } from '../ticket/language.js';
import { brotherLanguage } from './brother.js';
import { darumaLanguage } from './daruma.js';
import { customLanguage, tancaLanguage } from './escpos-relatives.js';
import { type LibraryType, prepareSequences, type Sequences } from './prepare-sequences.js';
import { starLanguage } from './star.js';

export type ThermalLanguage = Exclude<PrinterLanguage, 'escpos'>;

const LANGUAGES: Readonly<
  Record<ThermalLanguage, { type: LibraryType; make(profile: PrinterProfile, sequences: Sequences): Language }>
> = {
  'star-line': { type: 'star', make: (profile, sequences) => starLanguage('star-line', profile, sequences) },
  'star-prnt': { type: 'star', make: (profile, sequences) => starLanguage('star-prnt', profile, sequences) },
  daruma: { type: 'daruma', make: darumaLanguage },
  tanca: { type: 'tanca', make: tancaLanguage },
  brother: { type: 'brother', make: brotherLanguage },
  custom: { type: 'custom', make: customLanguage },
};

/** Prepares one of the other languages for one printer model: a promise, kept in milliseconds, once. */
export function prepareThermal(language: ThermalLanguage, profile: PrinterProfile) {
  const { type, make } = LANGUAGES[language];
  return prepareSequences(type).then((sequences): Dialect => new TicketEncoder(profile, make(profile, sequences)));
}
