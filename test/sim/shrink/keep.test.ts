import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FIXTURE } from '../../../src/fixture/language/fixture.js';
import { ownThread } from '../../../src/sim/crew.js';
import { type Failing, keepFailures, keptLines, openShrinkers } from '../../../src/sim/shrink/keep.js';
import { shrinkTask } from '../../../src/sim/shrink/task.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperjam-keep-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** It is over after a second, and takes more. */
const HURRIED: Failing = {
  fixture: FIXTURE.parse({
    title: { zh: '太急', en: 'in a hurry' },
    timeLimitMs: 1_000,
    seed: 7,
    faults: [{ fault: 'scanner.nothing' }, { fault: 'printer.hang', when: { line: 3 } }],
    steps: [{ sell: { yuan: 12 } }, { wait: 300 }, { wait: 5_000 }],
  }),
  id: 'seed 7',
  kind: 'crash',
  says: 'it is not over after 1000 ms',
  foundBy: 'paperjam sweep --seed 7 --seeds 1',
};

const PASSES: Failing = {
  ...HURRIED,
  id: 'seed 8',
  fixture: FIXTURE.parse({ title: { zh: '正常', en: 'all is well' }, steps: [{ sell: { yuan: 12 } }] }),
};

test('a failure is kept in a file of its own that fails in the same way, the same one each time', async () => {
  const runs = 200;
  const first = (await keepFailures([HURRIED], ownThread(shrinkTask), { folder, runs })).get('seed 7');
  if (first === undefined || 'problem' in first) throw new Error(`not kept: ${first?.problem}`);
  expect(first).toMatchObject({ faults: 0, steps: 1, before: { faults: 2, steps: 3 } });
  expect(readdirSync(folder)).toEqual(['crash-no-fault-seed-7.yaml']);
  expect(keptLines(first)).toEqual([
    `  shrunk: ${first.file}`,
    `          0 faults and 1 step of 2 faults and 3 steps, ${first.runs} runs${first.finished ? '' : ', and more may be taken away by `paperjam shrink`'}`,
    `  again:  paperjam run ${first.file}`,
  ]);
  const crew = openShrinkers(0);
  expect((await keepFailures([HURRIED], crew, { folder, runs })).get('seed 7')).toEqual(first);
  await crew.close();
  expect(readdirSync(folder)).toHaveLength(1);
});

test('what cannot be kept is told, and is no reason to throw', async () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  const kept = await keepFailures([HURRIED, PASSES], ownThread(shrinkTask), { folder: file, runs: 3 });
  expect(kept.get('seed 7')).toEqual({ problem: expect.stringContaining(file) });
  expect(kept.get('seed 8')).toEqual({ problem: 'as an ordinary fixture it does not fail' });
});

test('one that nobody wants any more has no entry', async () => {
  const kept = await keepFailures([HURRIED], ownThread(shrinkTask), { folder, runs: 3, goesOn: () => false });
  expect([...kept]).toEqual([]);
});
