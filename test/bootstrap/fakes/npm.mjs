/** Stands in for npm: `ci` puts the fakes beside it into node_modules, and npm's record of what it installed. */
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

appendFileSync('log', `npm ${process.argv.slice(2).join(' ')}\n`);
process.on('SIGTERM', () => {
  appendFileSync('log', 'npm stopped\n');
  process.exit(1);
});
if (existsSync('npm-fails')) {
  console.error('npm error: the registry is gone');
  process.exit(1);
}
writeFileSync('busy', '', { flag: 'wx' });
await sleep(existsSync('npm-hangs') ? 60_000 : 50);
rmSync('node_modules', { recursive: true, force: true });
mkdirSync('node_modules/typescript/bin', { recursive: true });
mkdirSync('node_modules/vitest', { recursive: true });
mkdirSync('node_modules/rolldown', { recursive: true });
const { '': _, ...packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }));
copyFileSync(new URL('tsc.mjs', import.meta.url), 'node_modules/typescript/bin/tsc');
copyFileSync(new URL('rolldown.mjs', import.meta.url), 'node_modules/rolldown/index.mjs');
writeFileSync('node_modules/rolldown/package.json', '{"exports":"./index.mjs"}');
copyFileSync(new URL('program.mjs', import.meta.url), 'node_modules/vitest/vitest.mjs');
rmSync('busy');
