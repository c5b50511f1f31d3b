import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { saveFile } from './save.js';

/** Where a running terminal says at which address its control API listens, for other commands on the same data folder. */
function fileOf(data: string): string {
  return join(data, 'terminal', 'control.url');
}

/** Says it; the result takes it back. Throws `PJ_STORAGE_OPEN`. */
export function announceControl(data: string, url: string): () => void {
  const file = fileOf(data);
  saveFile(file, Buffer.from(`${url}\n`));
  return () => rmSync(file, { force: true });
}

/** The address of the terminal that runs on this data folder, or ran when its power went. */
export function announcedControl(data: string): string | undefined {
  try {
    const url = readFileSync(fileOf(data), 'utf8').trim();
    return /^http:\/\/[\w.:[\]-]+$/.test(url) ? url : undefined;
  } catch {
    return undefined; // None runs, or none that may be seen from here.
  }
}
