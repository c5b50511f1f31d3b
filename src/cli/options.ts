import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultRecord } from '../faults/fault.js';
import { type Config, readConfig } from '../world/config.js';
import { openTape, type Tape } from '../world/tape.js';
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

export interface Configured {
  readonly config: Config;
  /** The file that it came from; paths in it are relative to it. */
  readonly configFile: string | undefined;
}

/** The configuration: the named file, else `config.yaml` in the data folder, else the defaults; flags win. */
export function configOf(flags: WorldFlags): Configured {
  const usual = join(flags.data, 'config.yaml');
  const configFile = flags.config ?? (existsSync(usual) ? usual : undefined);
  const { printer, device, lang, port } = flags;
  const given = Object.entries({ printer, device, lang, port }).filter(([, value]) => value !== undefined);
  return { config: readConfig(configFile, Object.fromEntries(given)), configFile };
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
