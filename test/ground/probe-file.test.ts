import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { probeFile } from '../../src/ground/probe-file.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperjam-probe-'));
  folders.push(folder);
  return folder;
}

test('where a file can be written, the probe leaves all as it was', () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'old.json'), 'old');
  probeFile(join(folder, 'old.json'));
  probeFile(join(folder, 'a', 'b', 'new.json'));
  expect(readdirSync(folder)).toEqual(['old.json']);
  expect(readFileSync(join(folder, 'old.json'), 'utf8')).toBe('old');
});

test('where it cannot, it throws what the system says, and takes away what it had made by then', () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'file'), '');
  expect(() => probeFile(folder)).toThrow(expect.objectContaining({ code: 'EISDIR' }));
  expect(() => probeFile(join(folder, 'file', 'x.json'))).toThrow();
  expect(() => probeFile(join(folder, 'a', 'n'.repeat(300), 'x.json'))).toThrow(
    expect.objectContaining({ code: 'ENAMETOOLONG' }),
  );
  expect(() => probeFile('/proc/nope/x.json')).toThrow();
  expect(readdirSync(folder)).toEqual(['file']);
});
