// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `npm run mutants [-- --share 10] [-- --mutate FILES] [options of Stryker]`: installs Stryker the first time, and runs it. */
const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const STRYKER = join(HERE, 'node_modules/@stryker-mutator/core/bin/stryker.js');

const args = process.argv.slice(2);
const at = args.indexOf('--share');
const [, share = '100'] = at < 0 ? [] : args.splice(at, 2);
if (!/^([1-9]\d?|100)$/.test(share)) {
  console.error(`--share: ${share} is no share (allowed: 1 to 100, of 100)`);
  process.exit(2);
}
if (!existsSync(STRYKER)) {
  // `legacy-peer-deps`: it takes the vitest of the house, and no second one.
  run('npm', ['install', '--no-package-lock', '--legacy-peer-deps', '--no-audit', '--no-fund'], HERE);
}
run(process.execPath, [STRYKER, 'run', join('test', 'mutants', 'stryker.config.mjs'), ...args], ROOT);

/**
 * @param {string} command
 * @param {string[]} words
 * @param {string} cwd
 */
function run(command, words, cwd) {
  const env = { ...process.env, PAPERJAM_MUTANTS_SHARE: share };
  const { status } = spawnSync(command, words, { cwd, env, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
