import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ensureBuilt } from '../../../src/bootstrap/build.mjs';
import type { PlantedBug } from '../../../src/sim/planted/bug.js';
import { plant, ROOT, removePlanted } from '../../../src/sim/planted/build.js';

/** One that anybody sees at once. */
const BUG: PlantedBug = {
  name: 'wrong-version',
  says: 'the program says another version',
  file: 'world/version.js',
  edits: [{ find: 'export const VERSION = String(', replace: "export const VERSION = 'with a bug ' + String(" }],
  within: 1,
};

beforeAll(() => ensureBuilt(ROOT), 300_000);
afterEach(removePlanted);

/** What the program says when it is asked from its own modules, and not from the bundle of the command. */
function versionOf(dist: string): string {
  const script = `import(${JSON.stringify(join(dist, 'world/simulated.js'))}).then(async () =>
    console.log((await import(${JSON.stringify(join(dist, 'world/version.js'))})).VERSION))`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  return `${stdout}${stderr}`.trim();
}

describe('a copy of the program', () => {
  test('has the bug, finds all that it imports and reads, and leaves the program as it was', () => {
    const before = readFileSync(join(ROOT, 'dist', BUG.file), 'utf8');
    const { dist, remove } = plant(BUG.name, BUG);
    expect(versionOf(dist)).toMatch(/^with a bug \d+[.]\d+[.]\d+$/);
    expect(readFileSync(join(ROOT, 'dist', BUG.file), 'utf8')).toBe(before);
    expect(versionOf(join(ROOT, 'dist'))).toMatch(/^\d+[.]\d+[.]\d+$/);
    remove();
    expect(existsSync(dist)).toBe(false);
    expect(existsSync(join(ROOT, 'dist', BUG.file))).toBe(true);
  });

  test('without a bug is the program itself, file by file', () => {
    const { dist } = plant('none', undefined);
    for (const file of ['cli/main.js', 'terminal/machine.js', 'fixture/fixture.schema.json'])
      expect(readFileSync(join(dist, file))).toEqual(readFileSync(join(ROOT, 'dist', file)));
    expect(statSync(join(dist, '../devices/printers')).isDirectory()).toBe(true);
  });

  test('is removed with the process, and so is what a killed one has left, but not what a living one needs', () => {
    const { dist } = plant('none', undefined);
    const copies = dirname(dirname(dirname(dist)));
    const { pid: dead } = spawnSync(process.execPath, ['-e', '']);
    const [left, needed] = [join(copies, String(dead)), join(copies, String(process.ppid))];
    mkdirSync(left, { recursive: true });
    mkdirSync(needed, { recursive: true });
    removePlanted();
    expect([dist, left, needed].map((folder) => existsSync(folder))).toEqual([false, false, true]);
    rmSync(needed, { recursive: true });
  });
});
