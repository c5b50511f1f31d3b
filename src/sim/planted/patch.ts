import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PaperjamError } from '../../base/errors.js';
import type { PlantedBug } from './bug.js';

/**
 * The bug's file of the built program in `dist`, with the bug in it. Throws `PJ_PLANTED` where a text that it replaces does
 * not occur exactly once: the program has changed, and the bug has to be written anew.
 */
export function patched({ name, file, edits }: PlantedBug, dist: string): string {
  return edits.reduce(
    (text, { find, replace }) => {
      const pieces = text.split(find);
      if (pieces.length !== 2) {
        const problem = `${JSON.stringify(find)} occurs ${pieces.length - 1} times in dist/${file}, and has to occur once`;
        throw new PaperjamError('PJ_PLANTED', { name, problem });
      }
      return pieces.join(replace);
    },
    readFileSync(join(dist, file), 'utf8'),
  );
}
