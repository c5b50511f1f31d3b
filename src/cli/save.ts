import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import { fileProblem } from '../ground/file-problem.js';
import { makeFolder } from '../ground/make-folder.js';
import { pictureOf, ticketPieces } from '../world/pictures.js';
import type { World } from '../world/world.js';

/** Writes a file, its folders included. Throws `PJ_STORAGE_OPEN` with the system's reason. */
export function saveFile(path: string, content: Uint8Array): void {
  try {
    makeFolder(dirname(path));
    writeFileSync(path, content);
  } catch (cause) {
    const advice = 'Mend this, or use another folder (--data DIR).';
    throw new PaperjamError('PJ_STORAGE_OPEN', { path, problem: fileProblem(cause), advice }, { cause });
  }
}

/** Writes a picture of each piece of a sale's paper, and gives the paths. What cannot be written is no reason to stop. */
export function savePictures(
  world: World,
  saleId: string,
  directory: string,
  complain: (error: PaperjamError) => void,
): string[] {
  return ticketPieces(world, saleId).flatMap((piece, i) => {
    const path = join(resolve(directory, 'tickets'), `${saleId}-${i + 1}.png`);
    try {
      saveFile(path, pictureOf(world, piece));
      return [path];
    } catch (error) {
      if (!(error instanceof PaperjamError)) throw error;
      complain(error);
      return [];
    }
  });
}
