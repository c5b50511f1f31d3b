import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { saveOutput } from './save-json.js';

/**
 * The file by which a script learns that everything is up, and where: it is there, whole, from then on until the end. One
 * that a killed run has left is taken away at the start.
 */
export class ReadyFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = resolve(path);
    this.remove();
  }

  /** Throws `PJ_RUN_OUTPUT`. */
  write(content: object): void {
    saveOutput(this.#path, `${JSON.stringify(content, null, 2)}\n`, '--ready-file FILE');
  }

  remove(): void {
    rmSync(this.#path, { force: true });
  }
}
