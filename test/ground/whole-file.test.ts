import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { writeWholeFile } from '../../src/ground/whole-file.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperjam-whole-'));
  folders.push(folder);
  return folder;
}

test('a file is written with the folders above it, in the place of an older one, and no draft is left', () => {
  const folder = newFolder();
  const path = join(folder, 'a', 'b', 'x.json');
  writeWholeFile(path, Buffer.from('a long first text'));
  writeWholeFile(path, Buffer.from('second'));
  expect(readFileSync(path, 'utf8')).toBe('second');
  expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['x.json']);
});

test('where it cannot be put, nothing is left but what was there', () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'x.json', 'full'), { recursive: true });
  expect(() => writeWholeFile(join(folder, 'x.json'), Buffer.from('text'))).toThrow();
  writeFileSync(join(folder, 'file'), '');
  expect(() => writeWholeFile(join(folder, 'file', 'x.json'), Buffer.from('text'))).toThrow();
  expect(readdirSync(folder).sort()).toEqual(['file', 'x.json']);
});
