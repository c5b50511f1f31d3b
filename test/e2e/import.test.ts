import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const PROGRAM = `
import { type Sale, PaperjamError, startPaperjam } from 'paperjam';

await using paperjam = await startPaperjam({ terminals: 2, tills: { faces: ['api'] } });
const [, second] = paperjam.terminals;
if (second === undefined) throw new Error('there are two');
const sale: Sale = await second.settled(second.sell('12.80'));
const asked = await fetch(\`\${paperjam.urls.api}/v1/sales/\${sale.id}\`);
const { payment } = (await asked.json()) as { payment: string };
const refused = await startPaperjam({ terminals: 0 }).catch((error: unknown) => error);
console.log(JSON.stringify([sale.payment, sale.ticket, payment, refused instanceof PaperjamError && refused.code]));
`;

test('a program of somebody else imports it, with types, from where npm has put it', () => {
  const folder = fs.mkdtempSync(join(tmpdir(), 'paperjam-import-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  fs.mkdirSync(join(folder, 'node_modules'));
  fs.symlinkSync(ROOT, join(folder, 'node_modules', 'paperjam'));
  fs.writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  fs.writeFileSync(join(folder, 'program.ts'), PROGRAM);
  const compilerOptions = {
    ...{ target: 'ES2022', module: 'NodeNext', lib: ['ES2023', 'ESNext.Disposable'], strict: true },
    ...{ types: ['node'], typeRoots: [join(ROOT, 'node_modules/@types')], skipLibCheck: true },
  };
  fs.writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }));
  const run = (...args: string[]) => execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  run(join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.');
  expect(JSON.parse(run('program.js'))).toEqual(['paid', 'printed', 'paid', 'PJ_CONFIG']);
});
