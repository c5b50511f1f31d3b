import { join, resolve } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import { fileProblem } from '../ground/file-problem.js';
import { probeFile } from '../ground/probe-file.js';
import { writeWholeFile } from '../ground/whole-file.js';

/** What `--json FILE` asks for. Throws `PJ_RUN_OUTPUT`. */
export function saveJson(path: string, content: unknown): void {
  saveOutput(path, `${JSON.stringify(content, null, 2)}\n`, '--json FILE');
}

/** A whole file that `option` names. Throws `PJ_RUN_OUTPUT`. */
export function saveOutput(path: string, text: string, option: string): void {
  wrapped(path, option, () => writeWholeFile(resolve(path), Buffer.from(text)));
}

/** Where a command is to write in the end, by option. */
export interface OutputFlags {
  readonly json?: string;
  readonly svg?: string;
  /** A folder; `false`: none. */
  readonly shrink?: string | false;
}

/** Before the work, so that it is not done in vain. Throws `PJ_RUN_OUTPUT`. */
export function checkOutputs({ json, svg, shrink }: OutputFlags): void {
  const check = (path: string, option: string, file: string) => wrapped(path, option, () => probeFile(file));
  if (json !== undefined) check(json, '--json FILE', json);
  if (svg !== undefined) check(svg, '--svg FILE', svg);
  if (typeof shrink === 'string') check(shrink, '--shrink FOLDER', join(shrink, 'found.yaml'));
}

function wrapped(path: string, option: string, act: () => void): void {
  try {
    act();
  } catch (cause) {
    throw new PaperjamError('PJ_RUN_OUTPUT', { path, problem: fileProblem(cause), option }, { cause });
  }
}
