/** Stands in for tsc: copies each `.ts` of src to a `.js` in dist; a source that says `type error` fails after that. */
const { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } = await import(
  'node:fs'
);
const { dirname, join } = await import('node:path');

appendFileSync('log', `tsc${existsSync('dist/.tsbuildinfo') ? ' goes on from the last build' : ''}\n`);
writeFileSync('busy', '', { flag: 'wx' });
let ok = true;
for (const source of readdirSync('src', { recursive: true }).map(String)) {
  if (!source.endsWith('.ts')) continue;
  const text = readFileSync(join('src', source), 'utf8');
  if (text.includes('type error')) ok = false;
  mkdirSync(dirname(join('dist', source)), { recursive: true });
  writeFileSync(join('dist', source.replace(/ts$/, 'js')), text);
}
if (ok) writeFileSync('dist/.tsbuildinfo', '');
else console.log('error TS2322: planted');
rmSync('busy');
process.exit(ok ? 0 : 2);
