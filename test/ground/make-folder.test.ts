import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeFolder } from '../../src/ground/make-folder.js';

const folder = mkdtempSync(join(tmpdir(), 'paperjam-folder-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a folder', () => {
  test('is made with all that is missing above it, and the first of these is told', () => {
    expect(makeFolder(join(folder, 'a/b/c'), 0o700)).toBe(join(folder, 'a'));
    expect(statSync(join(folder, 'a/b/c')).mode & 0o777).toBe(0o700);
    expect(makeFolder(join(folder, 'a/b/c'))).toBe(undefined);
  });

  test('cannot be where a file is, nor below one', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => makeFolder(join(folder, 'file'))).toThrow(/EEXIST/);
    expect(() => makeFolder(join(folder, 'file/below'))).toThrow(/ENOTDIR/);
  });

  test.runIf(existsSync('/proc'))('that can never be is refused at once', () => {
    expect(() => makeFolder('/proc/paperjam/below')).toThrow(/ENOENT/);
  });
});
