import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '../..');

/** The floors below the parts as JavaScript, for tests that need a second process. Removed by `remove`. */
export function compileGround(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'paperjam-compiled-'));
  for (const room of ['base', 'ports', 'ground', 'links']) {
    for (const name of readdirSync(join(ROOT, 'src', room)).filter((file) => file.endsWith('.ts'))) {
      const source = readFileSync(join(ROOT, 'src', room, name), 'utf8');
      const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
      const target = join(folder, 'src', room, name.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, ts.transpileModule(source, { compilerOptions: options }).outputText);
    }
  }
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
