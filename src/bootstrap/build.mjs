// @ts-check
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { runQuietly } from './child.mjs';
import { Failure, say } from './failure.mjs';
import { withLock } from './lock.mjs';
import { digestOf, isStamped, removeStamp, writeStamp } from './stamp.mjs';

/**
 * Compiles src into dist by `tsc`, and puts the program of it into few files, unless dist was made from these very sources.
 *
 * @param {string} root
 */
export async function ensureBuilt(root) {
  const stamp = join(root, 'dist/.stamp');
  if (isStamped(stamp, sourceDigest(root))) return;
  const waiting = (/** @type {string} */ pid) => say(`waiting for process ${pid}, which installs or builds here …`);
  await withLock(join(root, 'dist/.lock'), { waiting }, async () => {
    const digest = sourceDigest(root);
    if (isStamped(stamp, digest)) return;
    // Without a stamp the last build failed or was cut off, and what the compiler remembers of dist may be wrong.
    if (!existsSync(stamp)) rmSync(join(root, 'dist/.tsbuildinfo'), { force: true });
    removeStamp(stamp);
    say('building …');
    await make(root, 'tsc', [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json']);
    arrange(root);
    await make(root, 'rolldown', [join(root, 'src/bootstrap/bundle.mjs')]);
    chmodSync(join(root, 'dist/cli/main.js'), 0o755);
    writeStamp(stamp, digest);
  });
}

/**
 * @param {string} root
 * @param {string} tool
 * @param {string[]} args of Node
 */
async function make(root, tool, args) {
  const { ok, ending, output } = await runQuietly(process.execPath, args, { cwd: root });
  if (ok) return;
  process.stderr.write(output);
  throw new Failure(`the build failed (${tool}: ${ending}); its output is above. Nothing was started.`);
}

/**
 * Makes dist mirror src: what is not TypeScript is copied, and what has lost its source goes.
 *
 * @param {string} root
 */
function arrange(root) {
  const expected = new Set();
  for (const source of filesUnder(join(root, 'src'))) {
    const path = relative(join(root, 'src'), source);
    const module = /^(.*)\.([mc]?)tsx?$/.exec(path);
    if (module !== null) {
      const [, stem, kind] = module;
      for (const end of [`${kind}js`, `${kind}js.map`, `d.${kind}ts`]) expected.add(`${stem}.${end}`);
    } else if (!path.startsWith('bootstrap')) {
      expected.add(path);
      mkdirSync(dirname(join(root, 'dist', path)), { recursive: true });
      copyFileSync(source, join(root, 'dist', path));
    }
  }
  for (const made of filesUnder(join(root, 'dist'))) {
    if (!expected.has(relative(join(root, 'dist'), made))) rmSync(made, { force: true });
  }
}

/**
 * Changes with every edit, without reading the files: path, size and time of each.
 *
 * @param {string} root
 */
function sourceDigest(root) {
  const sources = [join(root, 'tsconfig.json'), join(root, 'package-lock.json'), ...filesUnder(join(root, 'src'))];
  return digestOf(
    sources.map((path) => {
      const stat = statSync(path, { throwIfNoEntry: false });
      return `${relative(root, path)} ${stat?.size} ${stat?.mtimeMs}`;
    }),
  );
}

/**
 * All files below a folder, sorted; names that begin with a dot are passed over.
 *
 * @param {string} folder
 * @returns {string[]}
 */
function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)]));
}
