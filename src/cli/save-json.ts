import { resolve } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import { fileProblem } from '../ground/file-problem.js';
import { writeWholeFile } from '../ground/whole-file.js';

/** What `--json FILE` asks for. Throws `PJ_RUN_OUTPUT`. */
export function saveJson(path: string, content: unknown): void {
  saveOutput(path, `${JSON.stringify(content, null, 2)}\n`, '--json FILE');
}

/** A whole file that `option` names. Throws `PJ_RUN_OUTPUT`. */
export function saveOutput(path: string, text: string, option: string): void {
  try {
    writeWholeFile(resolve(path), Buffer.from(text));
  } catch (cause) {
    throw new PaperjamError('PJ_RUN_OUTPUT', { path, problem: fileProblem(cause), option }, { cause });
  }
}
