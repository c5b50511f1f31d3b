import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { measureRun } from '../../src/sim/diagnosis/measure.js';
import { ROOT } from '../house/source.js';
import { inProcess } from './in-process.js';
import { Program } from './program.js';
import { openShop } from './shop.js';

const diagnosis = (...args: string[]) => new Program(['diagnosis', ...args]).ended;

test('a verdict is made from the journal’s bytes alone: a fresh process comes to the same word for word', async () => {
  for (const seed of [5, 8, 11, 18]) {
    const { played } = await measureRun(seed);
    const shop = openShop();
    fs.mkdirSync(shop.file('terminal'), { recursive: true });
    fs.writeFileSync(shop.file('terminal', 'journal.jsonl'), played.journal);
    expect(played.sales.length, String(seed)).toBeGreaterThan(0);
    for (const { saleId, verdict } of played.sales) {
      const { code, stdout, stderr } = await shop.run('verdict', saleId, '--json');
      expect({ code, stderr }, String(seed)).toEqual({ code: 0, stderr: '' });
      expect(JSON.parse(stdout), String(seed)).toEqual(JSON.parse(JSON.stringify(verdict)));
    }
  }
});

test('paperjam diagnosis prints its tables, writes them, and shows one run whole', async () => {
  const json = openShop().file('figures.json');
  const { code, stdout, stderr } = await diagnosis('--runs', '25', '--seed', '3', '--json', json);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^\| 25 runs, \d+ sales \(seeds 3 to 27\) \|/);
  expect(stdout).toContain('| payment wrong, at any moment | 0 |');
  expect(JSON.parse(fs.readFileSync(json, 'utf8'))).toMatchObject({ seed: 3, runs: 25, wrongPayments: [] });
  const only = await diagnosis('--only', '14');
  expect(only.code).toBe(0);
  expect(only.stdout).toMatch(/^seed 14 {2}\S+, \{/);
  expect(only.stdout).toMatch(/^ {2}fault \{"fault":"\S+".*: (took hold of|changed nothing|never began)/m);
  expect(only.stdout).toMatch(/^customer 1: right$/m);
  expect(only.stdout).toMatch(/^ {3}1 {2}\d\d:\d\d:\d\d\.\d{3} {2}boot {2}/m);
});

test('or measures over fixtures, which say themselves what their cause is', async () => {
  const jam = path.join(ROOT, 'fixtures/causes/printer.paper-jam.yaml');
  const { code, stdout } = await diagnosis('--fixtures', jam);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^(\d+) of \1 runs that say what the cause is: a verdict names it; payments wrong: 0\n$/);
});

test.each([
  [['--runs', '0'], 'It has to be a whole number, 1 to 999999999. See paperjam --help. [PJ_USAGE]'],
  [['--runs', '2', '--json', '/proc/none/figures.json'], '/proc/none/figures.json cannot be written'],
  [['--fixtures', 'nowhere.yaml'], 'nowhere.yaml'],
])('%j is refused, and says why', async (args, words) => {
  const { code, stderr } = await inProcess(['diagnosis', ...args]);
  expect(code).toBe(2);
  expect(stderr).toContain(words);
});
