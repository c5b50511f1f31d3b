import { closeSync, existsSync, openSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { makeFolder } from './make-folder.js';

/**
 * Whether a file can be written there, tried before the work whose result it shall hold. Throws the system's error. Leaves
 * neither files nor folders behind, however far it came.
 */
export function probeFile(file: string): void {
  const path = resolve(file);
  if (existsSync(path) && statSync(path).isDirectory())
    throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
  const draft = `${path}.${process.pid}.probe`;
  const missing: string[] = [];
  for (let folder = dirname(path); !existsSync(folder); folder = dirname(folder)) missing.push(folder);
  try {
    makeFolder(dirname(path));
    closeSync(openSync(draft, 'wx'));
    rmSync(draft);
  } finally {
    for (const folder of missing) takeAway(folder);
  }
}

/** A folder that was made for the probe; not one that was never made, or in which somebody else has begun to write. */
function takeAway(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {}
}
