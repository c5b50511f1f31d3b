// @ts-check
import { accessSync, constants, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { runQuietly } from './child.mjs';
import { say } from './failure.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const INSTALL_LIMIT_MS = 10 * 60_000;
/** After an install that failed, nobody waits for the next one until so much later. */
const AGAIN_MS = 24 * 60 * 60_000;

/** apt-get's own patience, with a network that does not answer, and with another one at work. */
const PATIENCE = [
  'Acquire::Retries=1',
  'Acquire::http::Timeout=20',
  'Acquire::https::Timeout=20',
  'DPkg::Lock::Timeout=60',
].flatMap((option) => ['-o', option]);

/** @typedef {Readonly<Record<string, string | undefined>>} Env */

/**
 * Where a Chromium is: what `PAPERJAM_CHROMIUM` names, or else the first of its names on the PATH.
 *
 * @param {Env} env
 * @returns {string | undefined}
 */
export function findBrowser(env = process.env) {
  const { PAPERJAM_CHROMIUM: named = '', PATH = '' } = env;
  if (named !== '') return isProgram(named) ? named : undefined;
  const folders = PATH.split(delimiter).filter((folder) => folder !== '');
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

/**
 * What somebody has to do so that there is one.
 *
 * @param {Env} env
 */
export function browserAdvice(env = process.env) {
  const { PAPERJAM_CHROMIUM: named = '' } = env;
  return named === ''
    ? 'There is no Chromium: install one (Debian: apt-get install chromium; Fedora: dnf install chromium; macOS: brew install --cask chromium), or name one by PAPERJAM_CHROMIUM.'
    : `PAPERJAM_CHROMIUM names ${named}, which is no program: name a Chromium, or unset it.`;
}

/**
 * Makes sure of a Chromium for the tests that open pages: on Debian, as root, by apt-get. Elsewhere, and where that
 * fails, those tests are skipped, and say what to install. Never throws for that: most tests need no browser.
 *
 * @param {string} root
 * @param {{ env?: Env, debian?: boolean, superuser?: boolean }} [machine]
 */
export async function ensureBrowser(root, machine = {}) {
  const {
    env = process.env,
    debian = existsSync('/etc/debian_version'),
    superuser = process.getuid?.() === 0,
  } = machine;
  if (findBrowser(env) !== undefined || (env.PAPERJAM_CHROMIUM ?? '') !== '' || !debian || !superuser) return;
  const tried = join(root, 'dist/.browser-tried');
  if (env.CI !== 'true' && triedLately(tried)) return;

  say('installing Chromium for the tests that open pages (apt-get) …');
  const startMs = performance.now();
  const options = {
    cwd: root,
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    limitMs: INSTALL_LIMIT_MS,
  };
  const update = await runQuietly('apt-get', [...PATIENCE, 'update', '-q'], options);
  const wanted = ['install', '-q', '-y', '--no-install-recommends', 'chromium'];
  const { ok, ending, output } = update.ok ? await runQuietly('apt-get', [...PATIENCE, ...wanted], options) : update;
  if (ok && findBrowser(env) !== undefined) {
    say(`installed in ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
    return;
  }
  const last = output.trimEnd().split('\n').slice(-3).join('\n');
  say(`no Chromium could be installed (${ending}); the tests that need one are skipped. ${last}`);
  mkdirSync(dirname(tried), { recursive: true });
  writeFileSync(tried, '');
}

/** @param {string} path */
function triedLately(path) {
  const triedMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return triedMs !== undefined && Date.now() - triedMs < AGAIN_MS;
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
