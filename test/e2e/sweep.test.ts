import fs from 'node:fs';
import { expect, test } from 'vitest';
import { Program } from './program.js';
import { openShop } from './shop.js';

const sweep = (...args: string[]) => new Program(['sweep', ...args]).ended;
const SHORT = 'fixtures/causes/customer.skipped-scan.old-page.cancelled.yaml';
const recordOf = (file: string) => JSON.parse(fs.readFileSync(file, 'utf8'));

test('paperjam sweep comes to the same with any number of worker threads, and says from which seed', async () => {
  const shop = openShop();
  const records = await Promise.all(
    ['0', '2'].map(async (workers) => {
      const json = shop.file(`sweep-${workers}.json`);
      const { code, stdout, stderr } = await sweep(
        '--seeds',
        '25',
        '--seed',
        '2000',
        '--workers',
        workers,
        '--json',
        json,
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^seed 2000, profile swarm\n/);
      expect(stdout).toMatch(/^25 runs, \d+ sales, [\d.]+ h simulated, .* faults bit; \d+ runs done twice$/m);
      const { tookMs, ...record } = recordOf(json);
      expect(tookMs).toBeGreaterThan(0);
      expect(stdout).toContain(`hash ${record.hash}`);
      return record;
    }),
  );
  expect(records[0]).toMatchObject({ schema: 1, source: { from: 'seeds', first: 2000 }, runs: 25, failures: [] });
  expect(records[1]).toEqual(records[0]);
});

test('a seed may be any text, such as a commit', async () => {
  const once = () => sweep('--seeds', '1', '--seed', 'ef6eb0a', '--workers', '0', '--profile', 'calm');
  const said = (await Promise.all([once(), once()])).map(({ code, stdout }) => ({
    code,
    lines: stdout.split('\n').filter((line) => /^seed \d+, profile calm/.test(line)),
  }));
  expect(said[0]?.lines).toHaveLength(2);
  expect(said[1]).toEqual(said[0]);
});

test('Ctrl-C ends it with what was found', async () => {
  const program = new Program(['sweep', '--hours', '1', '--seed', '2000', '--workers', '0']);
  await program.says(/^seed 2000/);
  program.signal('SIGINT');
  const { code, stdout } = await program.ended;
  expect(code).toBe(130);
  expect(stdout).toMatch(/^stopped: \d+ runs/m);
});

test('paperjam sweep --exhaustive strikes all that can be struck in a fixture, with any number of worker threads', async () => {
  const shop = openShop();
  const records = await Promise.all(
    ['0', '2'].map(async (workers) => {
      const json = shop.file(`exhaustive-${workers}.json`);
      const flags = ['--pairs', '4', '--workers', workers, '--json', json];
      const { code, stdout, stderr } = await sweep('--exhaustive', SHORT, ...flags);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const { cases, tookMs, cpuMs, ...record } = recordOf(json);
      expect(cases).toBeGreaterThan(100);
      expect(Math.min(tookMs, cpuMs)).toBeGreaterThan(0);
      expect(stdout).toMatch(new RegExp(`^${cases} cases of 1 runs$`, 'm'));
      expect(stdout).toMatch(new RegExp(`^  ${SHORT} +1 +${cases} +[0-9.]+ +0$`, 'm'));
      const [{ cpuMs: _, ...fixture }] = record.fixtures;
      return { ...record, cases, fixtures: [fixture] };
    }),
  );
  expect(records[0]).toMatchObject({ schema: 1, pairs: 4, rows: 'differing', stopped: false, failures: [] });
  expect(records[1]).toEqual(records[0]);
});

test('one case of it is played by the line that names it', async () => {
  const { code, stdout } = await sweep('--exhaustive', SHORT, '--case', `${SHORT} + power cut at event 3`);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^1 cases of 1 runs\n/);
});

test('Ctrl-C ends that too with what was found', async () => {
  const program = new Program(['sweep', '--exhaustive', 'fixtures/causes/printer.paper-jam.yaml', '--workers', '0']);
  await program.says(/ cases of 3 runs/);
  program.signal('SIGINT');
  const { code, stdout } = await program.ended;
  expect(code).toBe(130);
  expect(stdout).toMatch(/^stopped: [\d,]+ cases of 3 runs/m);
});

test('what cannot be is refused at once', async () => {
  for (const args of [
    ['--seeds', '0'],
    ['--workers', '65'],
    ['--profile', 'hail'],
    ['--hours', '1', '--seeds', '5'],
    ['--exhaustive', SHORT, '--seeds', '5'],
    ['--exhaustive', SHORT, '--profile', 'calm'],
    ['--exhaustive', SHORT, '--case', `${SHORT} + power cut at event 100000`],
    ['--exhaustive', 'package.json'],
    ['--exhaustive', 'nowhere.yaml'],
  ]) {
    const { code, stdout } = await sweep(...args);
    expect({ code, stdout }, args.join(' ')).toEqual({ code: 2, stdout: '' });
  }
});
