import { describe, expect, test } from 'vitest';
import { type Complaint, type SourceText, sourcesUnder } from './source.js';
import { inPlantedTree, runTool } from './tool.js';

const CHECK = ['check', '--error-on-warnings', '--colors=off', '--max-diagnostics=50', '.'];

describe('biome', () => {
  test('has nothing to say about format and lint', async () => {
    const { code, output } = await runTool('@biomejs/biome/bin/biome', CHECK);
    expect(code, output).toBe(0);
  }, 120_000);

  test('objects to what this house forbids', async () => {
    const planted = {
      'src/terminal/planted.ts': 'export const a = (x: any) => x!.y;\n',
      'src/report/planted.tsx': 'export const A = (x: any) => <p>{x}</p>;\n',
    };
    const { code, output } = await inPlantedTree(planted, (folder) =>
      runTool('@biomejs/biome/bin/biome', CHECK, folder),
    );
    expect(code).not.toBe(0);
    expect(output).toContain('src/terminal/planted.ts:1:22 lint/suspicious/noExplicitAny');
    expect(output).toContain('src/terminal/planted.ts:1:30 lint/style/noNonNullAssertion');
    expect(output).toContain('src/report/planted.tsx:1:22 lint/suspicious/noExplicitAny');
  }, 120_000);
});

describe('the length of files', () => {
  const LINES_MAX = 300;
  /** Path and reason. A table of data may be long; code that is long usually holds two ideas. */
  const EXCUSED: Readonly<Record<string, string>> = {};

  test(`is at most ${LINES_MAX} lines in src, but for those excused with a reason`, () => {
    expect(tooLong(sourcesUnder('src'), LINES_MAX).filter((words) => !(pathOf(words) in EXCUSED))).toEqual([]);
  });

  test('needs no excuse where none is used', () => {
    const used = new Set(tooLong(sourcesUnder('src'), LINES_MAX).map(pathOf));
    expect(Object.keys(EXCUSED).filter((path) => !used.has(path))).toEqual([]);
  });

  test('is counted', () => {
    const files = [
      { path: 'src/a.ts', text: 'x\n'.repeat(300) },
      { path: 'src/b.ts', text: 'x\n'.repeat(301) },
    ];
    expect(tooLong(files, LINES_MAX)).toEqual(['src/b.ts:301 is the last line; 300 are allowed']);
  });
});

function tooLong(files: readonly SourceText[], linesMax: number): Complaint[] {
  return files.flatMap(({ path, text }): Complaint[] => {
    const lines = text.trimEnd().split('\n').length;
    return lines > linesMax ? [`${path}:${lines} is the last line; ${linesMax} are allowed`] : [];
  });
}

function pathOf(words: Complaint): string {
  return words.slice(0, words.indexOf(':'));
}
