import { accessSync, constants, existsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { stringify } from 'yaml';
import { PaperjamError } from '../../base/errors.js';
import { PRINTER_PROFILE } from '../../world/devices.js';
import { checkYaml } from '../../world/yaml-file.js';
import type { Learned, NamelessProfile } from './learn.js';

/** As the files of `devices/printers` are ordered. */
const ORDER = [
  'language',
  'maker',
  'model',
  'paper',
  'columns',
  'speedMmPerS',
  'receiveBufferBytes',
  'baud',
  'cjk',
  'checkpoint',
  'clearsBuffer',
  'cutter',
  'colours',
  'ribbon',
  'cjkAtPowerOn',
  'motionUnits',
  'headToCutterMm',
  'flowControl',
  'busyWhen',
  'overrun',
  'nearEndMm',
  'paperEndAt',
  'memory',
  'identity',
  'codePages',
  'status',
] as const satisfies readonly (keyof NamelessProfile)[];

/** The text of a printer profile, in the manner of `devices/printers`. */
export function learnedYaml({ profile, source, assumed, changes }: Learned): string {
  const about =
    changes.length === 0
      ? ['# Measured, and as the profile that it was held against.']
      : [
          '# Measured. Not as in the profile that it was held against:',
          ...changes.map((change) => `#   ${oneLine(change)}`),
        ];
  const fields = ORDER.filter((field) => profile[field] !== undefined).map((field) => [field, profile[field]]);
  return `${about.join('\n')}\n${stringify({ ...Object.fromEntries(fields), source, assumed }, { lineWidth: 0 })}`;
}

/** What a printer says of itself may hold anything. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, '?');
}

/**
 * Before a run, so that it is not made in vain: the file can become a profile, and nothing is lost by it. Throws
 * `PJ_LEARN_FILE`.
 */
export function checkLearnFile(file: string): void {
  if (!file.endsWith('.yaml')) throw failure(file, 'the name of a profile ends in .yaml');
  if (existsSync(file)) throw failure(file, 'it exists, and nothing is overwritten');
  const folder = dirname(file);
  if (!existsSync(folder)) throw failure(file, `there is no folder ${folder}`);
  attempt(file, () => accessSync(folder, constants.W_OK));
}

/** Writes it as a new file. Throws `PJ_LEARN_FILE`, and `PJ_DEVICE` if it would not load. */
export function writeLearned(file: string, learned: Learned): void {
  checkLearnFile(file);
  checkYaml(
    { ...learned.profile, source: learned.source, assumed: learned.assumed },
    file,
    PRINTER_PROFILE,
    'PJ_DEVICE',
  );
  attempt(file, () => writeFileSync(file, learnedYaml(learned), { flag: 'wx' }));
}

function attempt(file: string, run: () => void): void {
  try {
    run();
  } catch (cause) {
    throw failure(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function failure(file: string, problem: string, cause?: unknown): PaperjamError {
  return new PaperjamError('PJ_LEARN_FILE', { file, problem }, { cause });
}
