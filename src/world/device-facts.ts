import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { PrinterProfile } from '../ports/device.js';
import { readPrinterProfile } from './devices.js';

/** A printer profile with where its facts come from. */
export interface PrinterFacts {
  readonly profile: PrinterProfile;
  /** Manuals and other documents. */
  readonly source: readonly string[];
  /** What no document says. */
  readonly assumed: readonly string[];
}

/** The profile by name, or from a file of one's own. Throws as `readPrinterProfile` does. */
export function readPrinterFacts(name: string): PrinterFacts {
  const profile = readPrinterProfile(name);
  const file = name.endsWith('.yaml')
    ? name
    : fileURLToPath(new URL(`../../devices/printers/${name}.yaml`, import.meta.url));
  const { source, assumed } = parse(readFileSync(file, 'utf8')) as Record<'source' | 'assumed', unknown>; // Checked above.
  return { profile, source: lines(source), assumed: lines(assumed) };
}

function lines(value: unknown): string[] {
  return [value ?? []].flat().map(String);
}
