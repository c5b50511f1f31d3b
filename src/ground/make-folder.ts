import fs from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it, and returns the first one that had to be made; `undefined` when it was there. Throws
 * the system's error. Node's own `recursive` never comes back where a parent can be neither found nor made, as below
 * `/proc` (20.20).
 */
export function makeFolder(path: string, mode?: number): string | undefined {
  const missing: string[] = [];
  for (let folder = resolve(path); !fs.existsSync(folder); folder = dirname(folder)) missing.unshift(folder);
  for (const folder of missing) make(folder, mode);
  if (missing.length === 0 && !fs.statSync(path).isDirectory()) fs.mkdirSync(path); // Which says that it is a file.
  return missing[0];
}

function make(folder: string, mode: number | undefined): void {
  try {
    fs.mkdirSync(folder, { mode: mode ?? 0o777 });
  } catch (error) {
    if (!fs.existsSync(folder)) throw error; // Else somebody else was quicker.
  }
}
