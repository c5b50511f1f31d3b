// @ts-check
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { runQuietly } from './child.mjs';
import { Failure, say } from './failure.mjs';
import { withLock } from './lock.mjs';
import { digestOf, isStamped, removeStamp, writeStamp } from './stamp.mjs';

/**
 * Installs the dependencies by `npm ci` unless node_modules has them already.
 *
 * @param {string} root
 */
export async function ensureInstalled(root) {
  const stamp = join(root, 'node_modules/.paperjam-installed');
  if (isStamped(stamp, manifestDigest(root))) return;
  const waiting = (/** @type {string} */ pid) => say(`waiting for process ${pid}, which installs or builds here …`);
  await withLock(join(root, 'dist/.lock'), { waiting }, async () => {
    const digest = manifestDigest(root);
    if (isStamped(stamp, digest)) return;
    removeStamp(stamp);
    if (!isInstalled(root)) await install(root);
    writeStamp(stamp, digest);
  });
}

/** @param {string} root */
async function install(root) {
  say('installing the dependencies (npm ci) …');
  const startMs = performance.now();
  const npm = process.env.npm_execpath ?? '';
  // `npm ci` obeys NODE_ENV=production, but nothing can be built without the compiler.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  const { ok, ending, output } = basename(npm).startsWith('npm')
    ? await runQuietly(process.execPath, [npm, ...args], { cwd: root })
    : await runQuietly('npm', args, { cwd: root });
  if (!ok) {
    process.stderr.write(output);
    throw new Failure(`npm ci failed (${ending}); its output is above. Nothing was started.`);
  }
  say(`installed in ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
}

/** @param {string} root */
function manifestDigest(root) {
  const files = ['package.json', 'package-lock.json'].map((name) => readFileSync(join(root, name)));
  return digestOf([process.platform, process.arch, ...files]);
}

/**
 * Whether npm's own record of what it last put into node_modules is what package-lock.json asks for, and package-lock.json
 * what package.json asks for. Somebody ran `npm install`, or only a script in package.json was changed.
 *
 * @param {string} root
 */
function isInstalled(root) {
  try {
    /** @type {(name: string) => any} */
    const json = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'));
    const { '': top, ...wanted } = json('package-lock.json').packages;
    const present = json('node_modules/.package-lock.json').packages;
    const manifest = json('package.json');
    return (
      isDeepStrictEqual(manifest.dependencies, top.dependencies) &&
      isDeepStrictEqual(manifest.devDependencies, top.devDependencies) &&
      Object.keys(present).every((path) => path in wanted) &&
      Object.entries(wanted).every(([path, { version, integrity, optional }]) =>
        path in present
          ? present[path].version === version && present[path].integrity === integrity
          : optional === true,
      )
    );
  } catch {
    return false;
  }
}
