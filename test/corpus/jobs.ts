import { readdirSync } from 'node:fs';

/** Print jobs that others wrote; not part of the project. `.ci/run` says where they are. */
export const corpus = process.env.PAPERJAM_CORPUS;

/** Bytes in these jobs that no manual of an ESC/POS printer defines, each with its reason. */
export const UNDEFINED: Readonly<Record<string, readonly { offset: number; hex: string }[]>> = {
  // BEL: a buzzer on some dot-matrix printers; Epson's manuals have no such code.
  'danielmeza+CrossEscPosEmulator/sample.escpos': [{ offset: 1553, hex: '07' }],
};

export function jobs(): string[] {
  if (corpus === undefined) return [];
  return readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(bin|raw|escpos)$/.test(file))
    .sort();
}
