import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from './source.js';

/** Runs a tool of node_modules; `output` is standard output and error together. */
export function runTool(
  script: string,
  args: readonly string[],
  cwd = ROOT,
): Promise<{ code: number; stdout: string; output: string }> {
  return new Promise((resolve) => {
    const options = { cwd, maxBuffer: 64 << 20, env: { ...process.env, NO_COLOR: '1' } };
    const child = execFile(
      process.execPath,
      [join(ROOT, 'node_modules', script), ...args],
      options,
      (_, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, output: stdout + stderr }),
    );
  });
}

/**
 * Runs `work` in a throw-away folder that has this project's configuration and dependencies, and just the given files:
 * the place to plant what a rule must catch.
 */
export async function inPlantedTree<T>(
  files: Readonly<Record<string, string>>,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'paperjam-house-'));
  try {
    for (const name of [
      'package.json',
      'tsconfig.json',
      'test/tsconfig.json',
      '.biome.json',
      '.dependency-cruiser.cjs',
    ]) {
      cpSync(join(ROOT, name), join(folder, name));
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
