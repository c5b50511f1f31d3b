import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import type { FaultRecord } from '../faults/fault.js';
import { type Config, checkConfig, rawConfig } from '../world/config.js';
import { MOST_TERMINALS, numberedTerminals, readTerminals } from '../world/fleet-config.js';
import { openTape, type Tape } from '../world/tape.js';
import type { Face } from '../world/tills-config.js';
import type { World } from '../world/world.js';
import { errorText } from './words.js';

/** The options that `start` and `sale` share. */
export interface WorldFlags {
  readonly data: string;
  readonly config?: string;
  readonly printer?: string;
  readonly device?: string;
  readonly lang?: 'zh' | 'en';
  readonly port?: number;
  readonly fault?: readonly string[];
  /** The file into which the printer's line is recorded. */
  readonly record?: string;
}

/** What `start` has more. */
export interface FleetFlags extends WorldFlags {
  /** How many terminals, or the file that lists them. */
  readonly terminals?: string;
  readonly tills?: readonly Face[];
  readonly host?: string;
}

export interface Configured {
  readonly config: Config;
  /** The same as it was written. */
  readonly raw: object;
  /** The file that it came from; paths in it are relative to it. */
  readonly configFile: string | undefined;
}

/** The configuration: the named file, else `config.yaml` in the data folder, else the defaults; flags win. */
export function configOf(flags: FleetFlags): Configured {
  const usual = join(flags.data, 'config.yaml');
  const configFile = flags.config ?? (existsSync(usual) ? usual : undefined);
  const { printer, device, lang, port } = flags;
  const raw = overTills(rawConfig(configFile, given({ printer, device, lang, port })), flags);
  return { config: checkConfig(raw, configFile), raw, configFile };
}

/** Of the tills only what the command line says is laid over what the file says. */
function overTills(raw: object, { tills: faces, host }: FleetFlags): object {
  const over = given({ faces, host });
  if (Object.keys(over).length === 0) return raw;
  const before = 'tills' in raw && typeof raw.tills === 'object' ? raw.tills : {};
  return { ...raw, tills: { ...before, ...over } };
}

function given<T extends object>(flags: T): Partial<T> {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined)) as Partial<T>; // The same keys, or fewer.
}

/** The terminals of `--terminals N` or `--terminals FILE`; one if nothing is said. Throws `PJ_USAGE`, `PJ_CONFIG`. */
export function terminalsOf({ terminals, record }: FleetFlags, { config, raw }: Configured): Config[] {
  if (terminals === undefined) return [config];
  const count = /^\d+$/.test(terminals) ? Number(terminals) : undefined;
  if (count !== undefined && (count < 1 || count > MOST_TERMINALS)) {
    throw usage(`--terminals ${terminals} is not 1 to ${MOST_TERMINALS}, nor a file that lists them`);
  }
  const all = count === undefined ? readTerminals(terminals, raw) : numberedTerminals(config, count);
  if (all.length > 1 && record !== undefined) throw usage('--record is for one terminal');
  return all;
}

function usage(problem: string): PaperjamError {
  return new PaperjamError('PJ_USAGE', { problem, advice: 'See paperjam start --help.' });
}

/** The recording that `--record` asks for. What it cannot write any more is said on standard error, and no reason to stop. */
export function tapeOf(record: string | undefined, device: string): Tape | undefined {
  if (record === undefined) return undefined;
  const failed = (error: Error) => void process.stderr.write(`paperjam: ${errorText(error)}\n`);
  return openTape({ file: record, device, failed });
}

/** Puts in the faults of the command line: `printer.paper-jam`, or with attributes `platform.answer-delayed:delayMs=500`. */
export function putFaults(world: World, faults: readonly string[] = []): void {
  for (const text of faults) world.faults.put(parseFault(text));
}

export function parseFault(text: string): FaultRecord {
  const [fault = '', ...rest] = text.split(':');
  const attributes = rest
    .join(':')
    .split(',')
    .filter((part) => part !== '')
    .map(attribute);
  const fields = (ofWhen: boolean) =>
    Object.fromEntries(attributes.flatMap((one) => (one.ofWhen === ofWhen ? [[one.name, one.value]] : [])));
  const when = fields(true);
  return { fault, ...fields(false), ...(Object.keys(when).length === 0 ? {} : { when }) };
}

/** Fields of `when` that no fault has for an attribute. */
const MOMENTS = ['line', 'byte', 'event', 'afterMs', 'state', 'request', 'answer', 'journal', 'nth'];

/** Where `delayMs=500` stands in the record, and its value. What says when is `line=3`, and `when.at=append` for any other field of it. */
function attribute(text: string): { name: string; ofWhen: boolean; value: unknown } {
  const [name = '', value = ''] = text.split('=');
  const parsed = /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  const ofWhen = MOMENTS.includes(name) || name.startsWith('when.');
  return { name: name.replace(/^when\./, ''), ofWhen, value: parsed };
}
