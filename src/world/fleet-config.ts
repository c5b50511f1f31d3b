import { z } from 'zod';
import { PaperjamError } from '../base/errors.js';
import { type Config, checkConfig } from './config.js';
import { isEmulated } from './settings.js';
import { checkYaml, parseYamlFile } from './yaml-file.js';

export const MOST_TERMINALS = 1_000;

/** What one of several terminals may have of its own; each key is then checked as in the configuration of a single one. */
const TERMINAL = z.strictObject({
  id: z.unknown().optional(),
  lang: z.unknown().optional(),
  merchant: z.looseObject({}).optional(),
  policy: z.looseObject({}).optional(),
  timings: z.looseObject({}).optional(),
  device: z.unknown().optional(),
  printer: z.unknown().optional(),
  baud: z.unknown().optional(),
  driver: z.looseObject({}).optional(),
  scanner: z.unknown().optional(),
  delays: z.unknown().optional(),
});

/** So many terminals that differ in their numbers only: T01, T02, T03. */
export function numberedTerminals(common: Config, count: number): Config[] {
  return Array.from({ length: count }, (_, n) => {
    const terminalId = numberAfter(common.merchant.terminalId, n);
    return { ...common, merchant: { ...common.merchant, terminalId } };
  });
}

/**
 * Reads a YAML list of terminals: what each has of its own, over the common configuration as it was written. Throws
 * `PJ_CONFIG`, naming file, place, value and what is allowed; places begin with the terminal's, counted from 1.
 */
export function readTerminals(file: string, common: object): Config[] {
  return listedTerminals(parseYamlFile(file, 'PJ_CONFIG'), file, common);
}

/** The same for a list that is at hand; `file` is what it is called. */
export function listedTerminals(list: unknown, file: string, common: object): Config[] {
  const firstId = checkConfig(common, undefined).merchant.terminalId;
  if (!Array.isArray(list) || list.length === 0 || list.length > MOST_TERMINALS) {
    const problem = `it must be a list of 1 to ${MOST_TERMINALS} terminals, such as "- id: T01"`;
    throw new PaperjamError('PJ_CONFIG', { file, path: 'its top', problem });
  }
  const taken = new Taken(file);
  return list.map((entry: unknown, index) => {
    const config = placed(index + 1, () => terminalOf(entry, { file, common, usualId: numberAfter(firstId, index) }));
    taken.take(config, index + 1);
    return config;
  });
}

interface Around {
  readonly file: string;
  readonly common: object;
  readonly usualId: string;
}

function terminalOf(entry: unknown, { file, common, usualId }: Around): Config {
  const { id = usualId, merchant, ...own } = checkYaml(entry, file, TERMINAL, 'PJ_CONFIG');
  if (merchant !== undefined && 'terminalId' in merchant) {
    throw new PaperjamError('PJ_CONFIG', { file, path: 'merchant', problem: 'the number of a terminal is its id' });
  }
  return checkConfig(merge(common, { ...own, merchant: { ...merchant, terminalId: id } }), file);
}

/** A mistake in an entry is told with the entry's place, in the words of the list. */
function placed<T>(place: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PaperjamError && error.code === 'PJ_CONFIG')) throw error;
    const { path, ...rest } = error.data;
    const within = path === 'its top' ? '' : `.${path === 'merchant.terminalId' ? 'id' : String(path)}`;
    throw new PaperjamError('PJ_CONFIG', { ...rest, path: `${place}${within}` }, { cause: error });
  }
}

/** What no two terminals can have both. */
class Taken {
  readonly #file: string;
  readonly #ids = new Map<string, number>();
  readonly #printers = new Map<string, string>();

  constructor(file: string) {
    this.#file = file;
  }

  take({ merchant: { terminalId }, printer }: Config, place: number): void {
    const refuse = (key: string, problem: string) => {
      throw new PaperjamError('PJ_CONFIG', { file: this.#file, path: `${place}.${key}`, problem });
    };
    const folder = terminalId.toLowerCase(); // Some disks know no small letters.
    const other = this.#ids.get(folder);
    if (other !== undefined) refuse('id', `${terminalId} is the number of terminal ${other} already`);
    this.#ids.set(folder, place);
    if (isEmulated(printer)) return;
    const owner = this.#printers.get(printer);
    if (owner !== undefined) refuse('printer', `${printer} is the printer of ${owner} already`);
    this.#printers.set(printer, terminalId);
  }
}

/** `T01` and then `T02`; `KIOSK` and then `KIOSK2`. */
function numberAfter(terminalId: string, n: number): string {
  if (n === 0) return terminalId;
  const [, name = '', digits = ''] = /^(.*?)(\d*)$/.exec(terminalId) ?? [];
  const next = String(Number(digits || '1') + n).padStart(digits.length, '0');
  return `${name.slice(0, 12 - next.length)}${next}`;
}

/** What is a mapping in both is merged key by key; of anything else the own one counts. */
function merge(common: object, own: object): object {
  const merged: Record<string, unknown> = { ...common };
  for (const [key, value] of Object.entries(own)) {
    const before = merged[key];
    merged[key] = isMapping(before) && isMapping(value) ? merge(before, value) : value;
  }
  return merged;
}

function isMapping(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
