// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureBrowser } from './browser.mjs';
import { ensureBuilt } from './build.mjs';
import { Failure, Interrupted, say } from './failure.mjs';
import { ensureInstalled } from './install.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** @type {Record<string, (args: string[]) => Promise<void>>} */
const COMMANDS = {
  start: (args) => become('dist/cli/main.js', ['start', ...args]),
  test: (args) => become('node_modules/vitest/vitest.mjs', ['run', '--config', 'test/vitest.config.ts', ...args]),
  bench: (args) => become('dist/bench/main.js', args),
  build: async () => {},
  mutants: (args) => become('test/mutants/run.mjs', args),
};

/** @param {string[]} words the command and its arguments; one `--` between them is dropped */
export async function main([name = '', ...args]) {
  try {
    if (!Object.hasOwn(COMMANDS, name)) {
      throw new Failure(`usage: node src/bootstrap/run.mjs ${Object.keys(COMMANDS).join('|')} [arguments]`, 2);
    }
    await ensureInstalled(ROOT);
    await ensureBuilt(ROOT);
    if (name === 'test') await ensureBrowser(ROOT);
  } catch (error) {
    return giveUp(error);
  }
  await COMMANDS[name]?.(args[0] === '--' ? args.slice(1) : args);
}

/** @param {unknown} error */
function giveUp(error) {
  if (error instanceof Interrupted) {
    process.kill(process.pid, error.signal);
  } else if (error instanceof Failure) {
    say(error.message);
    process.exitCode = error.exitCode;
  } else {
    throw error;
  }
}

/**
 * Goes on as another program in this same process, so that signals, standard input and exit codes are that program's own.
 *
 * @param {string} script relative to the root
 * @param {string[]} args
 */
async function become(script, args) {
  const path = join(ROOT, script);
  if (!existsSync(path)) {
    say(`${script} is not there: this checkout has no such program.`);
    process.exitCode = 1;
    return;
  }
  process.argv = [process.execPath, path, ...args];
  await import(pathToFileURL(path).href);
}
