import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { PaperjamError } from '../base/errors.js';
import { fileProblem } from '../ground/file-problem.js';
import { saveOutput } from './save-json.js';
import type { ReadyView } from './whereabouts.js';

const OPTION = '--ready-file FILE';
const MINE = z.object({ pid: z.literal(process.pid) });

/**
 * The file by which a script learns that everything is up, and where: it is there, whole, from then on until the end. Only
 * who holds the data folder has to do with it: a second start with the same one is refused, and leaves the first one's alone.
 */
export class ReadyFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = resolve(path);
  }

  /** Takes away what a killed run has left. Throws `PJ_RUN_OUTPUT`. */
  clear(): void {
    try {
      rmSync(this.#path, { force: true });
    } catch (cause) {
      throw new PaperjamError(
        'PJ_RUN_OUTPUT',
        { path: this.#path, problem: fileProblem(cause), option: OPTION },
        { cause },
      );
    }
  }

  /** Throws `PJ_RUN_OUTPUT`. */
  write(content: ReadyView): void {
    saveOutput(this.#path, `${JSON.stringify(content, null, 2)}\n`, OPTION);
  }

  /** Takes it away, unless it is another process's. */
  remove(): void {
    if (this.#isMine()) this.clear();
  }

  #isMine(): boolean {
    try {
      return MINE.safeParse(JSON.parse(readFileSync(this.#path, 'utf8'))).success;
    } catch {
      return false; // There is none, or somebody's own.
    }
  }
}
