import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { cleanUp, newFolder } from './printer-face.js';
import { MAIN } from './program.js';

afterEach(cleanUp);

/** Runs `paperjam render` with what goes into its standard input. */
function render(args: readonly string[], input: Uint8Array = Buffer.of()) {
  return new Promise<{ code: number; results: Result[]; stdout: string; stderr: string }>((resolve) => {
    const options = { encoding: 'utf8', maxBuffer: 1 << 28 } as const;
    const child = execFile(process.execPath, [MAIN, 'render', ...args], options, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : -1;
      const results = args.includes('--json')
        ? stdout
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as Result)
        : [];
      resolve({ code, results, stdout, stderr });
    });
    child.stdin?.on('error', () => {}); // It may end before it has read all.
    child.stdin?.end(input);
  });
}

interface Result {
  readonly file: string;
  readonly error?: { readonly code: string };
  readonly bytes: number;
  readonly unknown: readonly { offset: number; hex: string }[];
  readonly warnings: readonly { note: string }[];
  readonly papers: readonly { png: string; svg?: string; text: string; heightMm: number; cut: string | null }[];
  readonly replies: string;
}

const JOB = Buffer.from('Corner Cafe\n\x07\x10\x04\x01\x1dV\x00Total\n', 'latin1');

describe('paperjam render', () => {
  test('tells of standard input what is on the paper, what it does not know, and what it would answer', async () => {
    const { code, results } = await render(['--json', '-'], JOB);
    expect(code).toBe(0);
    expect(results).toEqual([
      {
        file: '-',
        bytes: JOB.length,
        unknown: [{ offset: 12, hex: '07' }],
        warnings: [],
        papers: [
          {
            png: expect.stringMatching(/^data:image\/png;base64,iVBOR/),
            text: 'Corner Cafe\n',
            heightMm: 3.8,
            cut: 'full',
          },
          { png: expect.stringMatching(/^data:image\/png;base64,iVBOR/), text: 'Total\n', heightMm: 3.8, cut: null },
        ],
        replies: '12',
      },
    ]);
  });

  test('writes pictures, and files of one name do not overwrite each other', async () => {
    const folder = newFolder();
    for (const sub of ['a', 'b']) {
      fs.mkdirSync(join(folder, sub));
      fs.writeFileSync(join(folder, sub, 'job.bin'), `in ${sub}\n`);
    }
    const out = join(folder, 'out', 'deep');
    const files = ['a', 'b'].map((sub) => join(folder, sub, 'job.bin'));
    const { code, stdout } = await render(['--out', out, '--svg', ...files]);
    expect(code).toBe(0);
    expect(stdout).toContain('│ in a');
    expect(fs.readdirSync(out).sort()).toEqual([
      'job.bin-2.1.png',
      'job.bin-2.1.svg',
      'job.bin.1.png',
      'job.bin.1.svg',
    ]);
  });

  test('names files that cannot be read, renders the others, and ends with 2', async () => {
    const folder = newFolder();
    const good = join(folder, 'good.bin');
    fs.writeFileSync(good, 'good\n');
    fs.writeFileSync(join(folder, 'empty.bin'), '');
    const files = [join(folder, 'missing.bin'), folder, join(folder, 'empty.bin'), good];
    const { code, results, stderr } = await render(['--json', ...files]);
    expect(code).toBe(2);
    expect(results.map(({ error, papers }) => error?.code ?? papers.length)).toEqual([
      'PJ_RENDER_INPUT',
      'PJ_RENDER_INPUT',
      0,
      1,
    ]);
    expect(stderr).toContain('there is no such file');
    expect(stderr).toContain('it is a folder');
  });

  test('says so when nothing can be written, and which profiles there are', async () => {
    const folder = newFolder();
    fs.writeFileSync(join(folder, 'file'), 'x\n');
    const blocked = await render(['--out', join(folder, 'file', 'out'), join(folder, 'file')]);
    expect([blocked.code, blocked.stderr]).toEqual([2, expect.stringContaining('[PJ_RENDER_OUTPUT]')]);
    const strange = await render(['--device', 'epson-tm-m3', join(folder, 'file')]);
    expect([strange.code, strange.stderr]).toEqual([2, expect.stringContaining('epson-tm-m30')]);
  });

  test('paper without an end is torn off, and the roll has one', async () => {
    const { code, results } = await render(['--json', '-'], Buffer.alloc(200_000, '\n'));
    expect(code).toBe(0);
    const [{ papers = [], warnings = [], bytes = 0 } = {}] = results;
    expect(bytes).toBe(200_000);
    expect(papers.every(({ cut, heightMm }) => cut === 'torn' && heightMm < 8_000)).toBe(true);
    expect(papers.reduce((sum, { heightMm }) => sum + heightMm, 0)).toBeLessThanOrEqual(80_000);
    expect(warnings).toContainEqual({ note: expect.stringContaining('the roll of 80 m is at its end') });
  });
});
