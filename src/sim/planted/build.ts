import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PlantedBug } from './bug.js';
import { patched } from './patch.js';

/** The clone, as seen from `src` and from `dist` alike. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Beside the built program, for what it reads. */
const READ_BESIDE = ['package.json', 'devices', 'fixtures'];
/** What the compiler leaves beside a program, and no program reads. */
const NOT_READ = /[.](map|ts|tsbuildinfo|stamp|lock)$/;

/** The copies, in a folder for each process that plants. */
const COPIES = join(ROOT, 'node_modules/.cache/paperjam/planted');
const OWN = String(process.pid);

/** A copy of the built program with a bug in it, or with none. */
export interface PlantedProgram {
  /** Its folder `dist`. */
  readonly dist: string;
  remove(): void;
}

/**
 * Makes a copy of the built program in a folder of this process under `node_modules/.cache`, where it finds the packages
 * that it imports. No file is shared with the program, which may be built anew meanwhile.
 */
export function plant(name: string, bug: PlantedBug | undefined): PlantedProgram {
  const changed = bug === undefined ? undefined : { path: bug.file, text: patched(bug, join(ROOT, 'dist')) };
  const folder = join(COPIES, OWN, name);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  remove();
  const dist = join(folder, 'dist');
  copyTree(join(ROOT, 'dist'), dist);
  if (changed !== undefined) writeFileSync(join(dist, changed.path), changed.text);
  for (const beside of READ_BESIDE) symlinkSync(join(ROOT, beside), join(folder, beside));
  return { dist, remove };
}

/** Removes all copies of this process, and those that killed ones have left. */
export function removePlanted(): void {
  const left = existsSync(COPIES) ? readdirSync(COPIES) : [];
  for (const pid of left) {
    if (pid === OWN || !isAlive(Number(pid))) rmSync(join(COPIES, pid), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function copyTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyTree(source, target);
    else if (!NOT_READ.test(entry.name)) copyFileSync(source, target, constants.COPYFILE_FICLONE);
  }
}
