import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { RotatingFile, readRotated } from '../../src/ground/rotating-file.js';

const folder = fs.mkdtempSync(join(tmpdir(), 'paperjam-rotating-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));
const failed = (error: Error) => {
  throw error;
};

describe('a rotating file', () => {
  test('keeps the newest lines, and never has more than it may', () => {
    const path = join(folder, 'a.jsonl');
    const file = new RotatingFile({ path, mostBytes: 200, failed });
    for (let i = 1; i <= 100; i++) {
      file.append(`line ${i}`);
      const bytes = [path, `${path}.1`].reduce((sum, one) => sum + (fs.existsSync(one) ? fs.statSync(one).size : 0), 0);
      expect(bytes).toBeLessThanOrEqual(200);
    }
    file.close();
    const lines = readRotated(path);
    expect(lines.at(-1)).toBe('line 100');
    expect(lines.length).toBeGreaterThan(12);
    expect(lines).toEqual(Array.from({ length: lines.length }, (_, i) => `line ${100 - lines.length + 1 + i}`));
  });

  test('goes on after a restart, behind a line that was torn', () => {
    const path = join(folder, 'b.jsonl');
    fs.writeFileSync(path, 'one\ntwo\ntor');
    const file = new RotatingFile({ path, mostBytes: 1_000, failed });
    file.append('three');
    file.close();
    expect(readRotated(path)).toEqual(['one', 'two', 'tor', 'three']);
  });

  test('that cannot be written says so once, and holds nobody up', () => {
    const told: Error[] = [];
    const path = join(folder, 'a.jsonl', 'in-a-file.jsonl');
    const file = new RotatingFile({ path, mostBytes: 1_000, failed: (error) => told.push(error) });
    file.append('lost');
    file.close();
    expect(told).toHaveLength(1);
  });
});
