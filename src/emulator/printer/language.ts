import { PaperjamError } from '../../base/errors.js';
import type { PrinterLanguage, PrinterProfile } from '../../ports/device.js';

/** Tanca and Custom use commands that ESC/POS has too, in the same meaning. */
const UNDERSTOOD: readonly PrinterLanguage[] = ['escpos', 'tanca', 'custom'];

/** Whether there can be an emulated printer of this model: the interpreter reads ESC/POS. */
export function isEmulated({ language = 'escpos' }: Pick<PrinterProfile, 'language'>): boolean {
  return UNDERSTOOD.includes(language);
}

/** Throws `PJ_NOT_EMULATED` for a model whose bytes would come out as nonsense. */
export function requireEmulated({ id, language }: Pick<PrinterProfile, 'id' | 'language'>): void {
  if (language === undefined || isEmulated({ language })) return;
  throw new PaperjamError('PJ_NOT_EMULATED', { device: id, language: WORDS[language] });
}

/** For people. */
const WORDS: Readonly<Record<PrinterLanguage, string>> = {
  escpos: 'ESC/POS',
  'star-line': 'Star Line mode',
  'star-prnt': 'StarPRNT',
  daruma: "Daruma's own language",
  tanca: "Tanca's ESC/POS",
  brother: "Brother's ESC/P",
  custom: "Custom's ESC/POS",
};
