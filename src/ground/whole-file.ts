import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from './make-folder.js';

/** Writes a file that appears whole or not at all: beside its place, synced, then moved there. Its folders are made. */
export function writeWholeFile(path: string, content: Uint8Array): void {
  const draft = `${path}.${process.pid}.part`;
  try {
    makeFolder(dirname(path));
    const fd = openSync(draft, 'w');
    try {
      writeFileSync(fd, content);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(draft, path);
  } catch (error) {
    if (existsSync(draft)) rmSync(draft);
    throw error;
  }
}
