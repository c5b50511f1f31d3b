import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { ERRORS } from '../../src/base/errors.js';
import { type Complaint, complaint, parse, ROOT, type SourceText, sourcesUnder, walk } from './source.js';

const TABLE_OF_ERRORS = 'src/base/errors.ts';
const CODE = /\bPJ_[A-Z0-9_]*[A-Z0-9]\b/g;

/** Each code and its template, as in `ERRORS`. */
type Errors = Readonly<Record<string, string>>;

describe('error codes', () => {
  const files = sourcesUnder('src');

  test('are raised somewhere in src', () => {
    expect(neverRaised(ERRORS, files)).toEqual([]);
  });

  test('are raised with all that their sentence tells', () => {
    expect(blanks(ERRORS, files)).toEqual([]);
  });

  test('stand in the table of errors of README.md, each that src names and no other', () => {
    expect(undocumented(files, { path: 'README.md', text: readFileSync(join(ROOT, 'README.md'), 'utf8') })).toEqual([]);
  });
});

describe('the rules about error codes bite', () => {
  const errors = { PJ_PAPER: 'The paper {kind} is out in {place}.', PJ_HEAD: 'The head is hot.' };
  const file = (text: string): SourceText => ({ path: 'src/a.ts', text });

  test('when a code is only written about', () => {
    const files = [
      { path: TABLE_OF_ERRORS, text: "export const ERRORS = {\n  PJ_PAPER: '',\n  PJ_HEAD: '',\n};" },
      file("/** Throws `PJ_HEAD`, or 'PJ_HEAD'. */\nthrow new PaperjamError('PJ_PAPER', { kind, place });"),
    ];
    expect(neverRaised(errors, files)).toEqual(['src/base/errors.ts:3 PJ_HEAD is raised nowhere in src']);
  });

  test('when a sentence would keep a blank', () => {
    const raised = (data: string) => blanks(errors, [file(`f();\nnew PaperjamError('PJ_PAPER'${data});`)]);
    expect(raised(', { kind: 1, place })')).toEqual([]);
    expect(raised(', data)')).toEqual([]);
    expect(raised(', { ...data })')).toEqual([]);
    expect(raised(', { kind: 1 })')).toEqual(['src/a.ts:2 PJ_PAPER is raised without {place}']);
    expect(raised('')).toEqual(['src/a.ts:2 PJ_PAPER is raised without {kind}, {place}']);
  });

  test('when the table lacks a code, or keeps one that has gone', () => {
    const readme = {
      path: 'README.md',
      text: '`PJ_PAPER` happens.\n\n| Code | Means |\n|---|---|\n| `PJ_GONE` | old |\n',
    };
    expect(undocumented([file("\nexport const a = 'PJ_PAPER';")], readme)).toEqual([
      'src/a.ts:2 PJ_PAPER is not in the table of errors of README.md',
      'README.md:5 PJ_GONE is in the table of errors, and nowhere in src',
    ]);
  });
});

function neverRaised(errors: Errors, files: readonly SourceText[]): Complaint[] {
  const raised = new Set<string>();
  for (const file of files) {
    if (file.path === TABLE_OF_ERRORS) continue;
    walk(parse(file), (node) => {
      if (ts.isStringLiteralLike(node)) raised.add(node.text);
    });
  }
  const table = files.find(({ path }) => path === TABLE_OF_ERRORS)?.text ?? '';
  return Object.keys(errors)
    .filter((code) => !raised.has(code))
    .map((code): Complaint => `${TABLE_OF_ERRORS}:${lineOf(table, `${code}:`)} ${code} is raised nowhere in src`);
}

/** Looks only where the data stand beside the code, which is nearly everywhere. */
function blanks(errors: Errors, files: readonly SourceText[]): Complaint[] {
  const found: Complaint[] = [];
  for (const file of files) {
    walk(parse(file), (node) => {
      if (!ts.isNewExpression(node) || node.expression.getText() !== 'PaperjamError') return;
      const [code, data] = node.arguments ?? [];
      if (code === undefined || !ts.isStringLiteralLike(code)) return;
      if (data !== undefined && !ts.isObjectLiteralExpression(data)) return;
      const properties = data?.properties ?? [];
      if (properties.some(ts.isSpreadAssignment)) return;
      const given = new Set(properties.map((property) => property.name?.getText()));
      const names = [...(errors[code.text] ?? '').matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const missing = names.filter((name) => !given.has(name)).map((name) => `{${name}}`);
      if (missing.length > 0) found.push(complaint(node, `${code.text} is raised without ${missing.join(', ')}`));
    });
  }
  return found;
}

/** A row of a table of errors begins with the code: ``| `PJ_CODE` | … |``. */
function undocumented(files: readonly SourceText[], readme: SourceText): Complaint[] {
  const rows = [...readme.text.matchAll(/^\| *`(PJ_\w+)` *\|/gm)].map((match) => match[1] ?? '');
  const found: Complaint[] = [];
  const named = new Set<string>();
  for (const { path, text } of files) {
    for (const [code] of text.matchAll(CODE)) {
      if (!named.has(code) && !rows.includes(code)) {
        found.push(`${path}:${lineOf(text, code)} ${code} is not in the table of errors of ${readme.path}`);
      }
      named.add(code);
    }
  }
  const gone = rows.filter((code) => !named.has(code));
  for (const code of gone) {
    const line = lineOf(readme.text, `| \`${code}`);
    found.push(`${readme.path}:${line} ${code} is in the table of errors, and nowhere in src`);
  }
  return found;
}

function lineOf(text: string, words: string): number {
  return text.slice(0, Math.max(0, text.indexOf(words))).split('\n').length;
}
