/** Stands in for rolldown: each entry of the bundle is a copy of its source, unless it is told to fail. */
import { appendFileSync, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** @param {{ input: Record<string, string> }} options */
export async function rolldown({ input }) {
  appendFileSync('log', 'rolldown\n');
  if (existsSync('rolldown-fails')) throw new Error('UNRESOLVED_IMPORT: planted');
  return {
    /** @param {{ dir: string, entryFileNames: string }} options */
    async write({ dir, entryFileNames }) {
      mkdirSync(dir, { recursive: true });
      for (const [name, source] of Object.entries(input))
        copyFileSync(source, join(dir, entryFileNames.replace('[name]', name)));
    },
  };
}
