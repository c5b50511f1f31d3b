import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { ReadyFile } from '../../src/cli/ready-file.js';

const folder = fs.mkdtempSync(join(tmpdir(), 'paperjam-ready-'));
const path = join(folder, 'ready.json');
beforeEach(() => fs.rmSync(path, { recursive: true, force: true }));
afterAll(() => fs.rmSync(folder, { recursive: true }));

test('it is there from when it is written to the end', () => {
  const file = new ReadyFile(path);
  file.write({ pid: process.pid });
  expect(JSON.parse(fs.readFileSync(path, 'utf8'))).toEqual({ pid: process.pid });
  file.remove();
  expect(fs.existsSync(path)).toBe(false);
});

test.each([JSON.stringify({ pid: process.pid + 1, urls: {} }), 'no JSON', '[]'])(
  'who has not written it leaves it alone: %s',
  (text) => {
    fs.writeFileSync(path, text);
    new ReadyFile(path).remove();
    expect(fs.readFileSync(path, 'utf8')).toBe(text);
  },
);

test('what a killed run has left is taken away by who holds its data folder', () => {
  fs.writeFileSync(path, 'left');
  const file = new ReadyFile(path);
  file.clear();
  expect(fs.existsSync(path)).toBe(false);
  file.clear();
  file.remove();
});

test('a folder in its place is said, with the option', () => {
  fs.mkdirSync(path);
  expect(() => new ReadyFile(path).clear()).toThrow(/ready\.json.*--ready-file FILE/);
});
