/** Stands in for rolldown: the bundle is a copy of its one source, unless it is told to fail. */
import { appendFileSync, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** @param {{ input: string }} options */
export async function rolldown({ input }) {
  appendFileSync('log', 'rolldown\n');
  if (existsSync('rolldown-fails')) throw new Error('UNRESOLVED_IMPORT: planted');
  return {
    /** @param {{ dir: string, entryFileNames: string }} options */
    async write({ dir, entryFileNames }) {
      mkdirSync(dir, { recursive: true });
      copyFileSync(input, join(dir, entryFileNames));
    },
  };
}
