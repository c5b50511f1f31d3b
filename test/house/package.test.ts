import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Complaint, importsOf, parse, ROOT, type SourceText, sourcesUnder, walk } from './source.js';

const Packages = z.record(z.string(), z.string());
const Manifest = z.object({ scripts: Packages, dependencies: Packages, devDependencies: Packages });
const LockedPackage = z.object({
  resolved: z.string().optional(),
  dependencies: Packages.default({}),
  optionalDependencies: Packages.default({}),
});
const Lock = z.object({ packages: z.record(z.string(), LockedPackage) });
type Locked = z.infer<typeof Lock>['packages'];

/** What a user of the repository sees first; everything else lives inside these, or begins with a dot. */
const TOP_LEVEL = ['package.json', 'package-lock.json', 'tsconfig.json', 'src', 'devices', 'fixtures', 'test'].concat([
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
]);

describe('package.json', () => {
  const text = readFileSync(join(ROOT, 'package.json'), 'utf8');
  const { scripts, dependencies, devDependencies } = Manifest.parse(JSON.parse(text));
  const manifest = { path: 'package.json', text };

  test('asks for no dependency that src does not use', () => {
    expect(unused(Object.keys(dependencies), sourcesUnder('src'), manifest)).toEqual([]);
  });

  test('asks for no development dependency that neither src, nor test, nor a script uses', () => {
    const users = [...sourcesUnder('src', 'test'), { path: 'scripts', text: JSON.stringify(Object.values(scripts)) }];
    expect(unused(Object.keys(devDependencies), users, manifest)).toEqual([]);
  });

  test('asks for all that is imported', () => {
    const production = sourcesUnder('src').filter(({ path }) => !path.startsWith('src/bench/'));
    expect(unasked(production, Object.keys(dependencies))).toEqual([]);
    const all = [...Object.keys(dependencies), ...Object.keys(devDependencies)];
    expect(unasked(sourcesUnder('src', 'test'), all)).toEqual([]);
  });
});

describe('package-lock.json', () => {
  const { packages } = Lock.parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')));

  test('names no address to download from: each machine asks its own registry', () => {
    const addressed = Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined);
    expect(addressed.map(([path]) => `package-lock.json: ${path} has "resolved"`)).toEqual([]);
  });

  test('is whole, for other platforms too: else npm ci refuses it on a fresh clone', () => {
    expect(missing(packages)).toEqual([]);
  });
});

test('the top of the repository holds what a newcomer looks for, and nothing else', () => {
  expect(strangers(topLevel())).toEqual([]);
});

describe('the rules about the package bite', () => {
  const manifest = { path: 'package.json', text: '{\n "zod": "4",\n "fontkit": "2",\n "left-pad": "1"\n}' };

  test('on a dependency that is only written about', () => {
    const file = { path: 'src/a.ts', text: "// uses 'left-pad'\nimport { z } from 'zod';\nf('fontkit/data.trie');" };
    expect(unused(['zod', 'fontkit', 'left-pad'], [file], manifest)).toEqual([
      'package.json:4 left-pad is used nowhere',
    ]);
    expect(unused(['@types/zod', '@types/node', '@types/left-pad'], [file], manifest)).toHaveLength(1);
  });

  test('on an import that nobody asked for', () => {
    const text = "import 'node:fs';\nimport '../b.js';\nimport 'zod/mini';\nimport type { X } from '@scope/name/deep';";
    expect(unasked([{ path: 'src/a.ts', text }], ['zod'])).toEqual(['src/a.ts:4 @scope/name is not in package.json']);
  });

  test('on a lock file that lacks what a package asks for', () => {
    const locked = Lock.parse({
      packages: {
        'node_modules/a': { dependencies: { b: '1' }, optionalDependencies: { '@a/linux': '1', '@a/darwin': '1' } },
        'node_modules/a/node_modules/b': { dependencies: { c: '1', d: '1' } },
        'node_modules/@a/linux': {},
        'node_modules/c': {},
      },
    });
    expect(missing(locked.packages)).toEqual([
      'package-lock.json lacks @a/darwin, which node_modules/a asks for',
      'package-lock.json lacks d, which node_modules/a/node_modules/b asks for',
    ]);
  });

  test('on a stray file', () => {
    expect(strangers(['src', '.biome.json', 'notes.txt', 'dist'])).toEqual(['notes.txt', 'dist']);
  });
});

/** A dependency is used when a module imports it, or names it in a string: data packages are found by their path. */
function unused(names: readonly string[], files: readonly SourceText[], manifest: SourceText): Complaint[] {
  const strings = files.flatMap(stringsOf);
  const lines = manifest.text.split('\n');
  return names
    .filter((name) => {
      const typed = name.replace(/^@types\//, '');
      return typed !== 'node' && !strings.some((text) => mentions(text, typed));
    })
    .map((name): Complaint => {
      const line = lines.findIndex((text) => text.includes(`"${name}"`)) + 1;
      return `${manifest.path}:${line} ${name} is used nowhere`;
    });
}

/** `name`, `name/file`, `…/node_modules/name/file`, or the program in a script: `biome check` for `@biomejs/biome`. */
function mentions(text: string, name: string): boolean {
  const program = name.replace(/^.*\//, '');
  return `/${text}/`.includes(`/${name}/`) || new RegExp(`"${program} `).test(text);
}

function stringsOf(file: SourceText): string[] {
  if (!/\.tsx?$/.test(file.path)) return [file.text];
  const strings: string[] = [];
  walk(parse(file), (node) => {
    if (ts.isStringLiteralLike(node)) strings.push(node.text);
  });
  return strings;
}

function unasked(files: readonly SourceText[], asked: readonly string[]): Complaint[] {
  return files.flatMap((file) =>
    importsOf(parse(file)).flatMap(({ specifier, node }) => {
      if (/^(\.|node:|$)/.test(specifier)) return [];
      const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
      if (asked.includes(name) || asked.includes(`@types/${name}`)) return [];
      const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart());
      return [`${file.path}:${line + 1} ${name} is not in package.json` as const];
    }),
  );
}

/** What a package asks for must be found beside it or beside one of the packages that it lies in, as Node looks for it. */
function missing(packages: Locked): string[] {
  return Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !places(path).some((place) => `${place}node_modules/${name}` in packages))
      .map((name) => `package-lock.json lacks ${name}, which ${path} asks for`),
  );
}

/** `node_modules/a/node_modules/b`: inside it, inside `node_modules/a`, and at the top. */
function places(path: string): string[] {
  const inside = path === '' ? [] : [`${path}/`];
  const at = path.lastIndexOf('/node_modules/');
  return at < 0 ? [...inside, ''] : [...inside, ...places(path.slice(0, at))];
}

/** Tracked files and those that git would add; without git, what is there but for what tools make. */
function topLevel(): string[] {
  if (!existsSync(join(ROOT, '.git'))) {
    return readdirSync(ROOT).filter((name) => !['node_modules', 'dist', 'coverage'].includes(name));
  }
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const files = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
  return [...new Set(files.map((path) => path.split('/', 1)[0] ?? ''))].filter((name) => existsSync(join(ROOT, name)));
}

function strangers(names: readonly string[]): string[] {
  return names.filter((name) => !name.startsWith('.') && !TOP_LEVEL.includes(name));
}
