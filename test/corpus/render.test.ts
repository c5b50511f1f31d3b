import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MAIN } from '../e2e/program.js';
import { corpus, jobs, UNDEFINED } from './jobs.js';

interface Result {
  readonly bytes: number;
  readonly unknown: readonly { offset: number; hex: string }[];
  readonly papers: readonly { png: string; text: string; heightMm: number }[];
}

/** What the built program makes of every job, as a user would ask it. */
function renderAll(): Map<string, Result> {
  const files = jobs();
  const args = [MAIN, 'render', '--json', ...files.map((file) => join(corpus ?? '', file))];
  const stdout = execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  const results = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Result);
  return new Map(files.map((file, index) => [file, results[index] as Result])); // One line for each file, in order.
}

describe.skipIf(corpus === undefined)('paperjam render', () => {
  const results = corpus === undefined ? new Map<string, Result>() : renderAll();

  test.each(jobs())('%s', (file) => {
    const { bytes = -1, unknown = [], papers = [] } = results.get(file) ?? {};
    expect(unknown).toEqual(UNDEFINED[file] ?? []);
    expect(papers.length > 0).toBe(bytes > 0);
    for (const { png } of papers) expect(png).toMatch(/^data:image\/png;base64,iVBOR/);
  });

  test('the Chinese receipt reads as it should', () => {
    const [{ text = '' } = {}] = results.get('SnailDev+SnailDev.EscPosParser/receipt-text.bin')?.papers ?? [];
    expect(text).toContain('客人就餐消费单');
    expect(text).toMatch(/^打印时间：2016-5-6 +21:32:49/m);
  });
});
