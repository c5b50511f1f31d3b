import { isEmulated } from '../emulator/printer/language.js';
import type { PrinterProfile } from '../ports/device.js';
import { type PrinterFacts, readPrinterFacts } from '../world/device-facts.js';
import { printerNames } from '../world/devices.js';

/** `paperjam devices [NAME]`: the printer profiles there are, or one of them with where its facts come from. */
export function devices(name: string | undefined, { json = false }: { json?: boolean }): void {
  if (name !== undefined) say(json, readPrinterFacts(name), factsText);
  else say(json, { printers: printerNames().map((known) => readPrinterFacts(known).profile) }, listText);
}

function say<T extends object>(json: boolean, value: T, text: (value: T) => string): void {
  process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${text(value)}\n`);
}

function listText({ printers }: { readonly printers: readonly PrinterProfile[] }): string {
  const width = Math.max(...printers.map(({ id }) => id.length));
  return printers
    .map(({ id, maker, model, language = 'escpos', paper, speedMmPerS, cjk, checkpoint, cutter }) =>
      [
        id.padEnd(width),
        `${maker} ${model}`.padEnd(24),
        language.padEnd(9),
        `${paper.widthMm} mm`.padStart(6),
        `${paper.printableDots} dots`.padStart(9),
        `${paper.dpi} dpi`,
        `${speedMmPerS} mm/s`.padStart(8),
        cjk.padEnd(9),
        (isEmulated({ language }) ? checkpoint : '-').padEnd(6),
        cutter ? 'cutter' : '',
      ]
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function factsText({ profile, source, assumed }: PrinterFacts): string {
  const list = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  - ${line}`)];
  return [...fields(profile), ...list('source', source), ...list('assumed', assumed)].join('\n');
}

/** `paper.widthMm: 80`, one line for each fact. */
function fields(value: object, path = ''): string[] {
  return Object.entries(value).flatMap(([key, field]: [string, unknown]) => {
    const name = `${path}${key}`;
    if (Array.isArray(field)) return [`${name}: ${field.map((one) => JSON.stringify(one)).join(', ')}`];
    return typeof field === 'object' && field !== null ? fields(field, `${name}.`) : [`${name}: ${field}`];
  });
}
