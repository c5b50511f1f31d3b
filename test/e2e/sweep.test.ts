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
      const svg = shop.file(`sweep-${workers}.svg`);
      const { code, stdout, stderr } = await sweep(
        '--seeds',
        '25',
        '--seed',
        '2000',
        '--workers',
        workers,
        '--json',
        json,
        '--svg',
        svg,
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^seed 2000, profile swarm\n/);
      expect(stdout).toMatch(/^25 runs, \d+ sales, [\d.]+ h simulated, .* faults bit; \d+ runs done twice$/m);
      const { tookMs, ...record } = recordOf(json);
      expect(tookMs).toBeGreaterThan(0);
      expect(stdout).toContain(`hash ${record.hash}`);
      return { ...record, svg: fs.readFileSync(svg, 'utf8') };
    }),
  );
  expect(records[0]).toMatchObject({ schema: 2, source: { from: 'seeds', first: 2000 }, runs: 25, failures: [] });
  expect(records[1]).toEqual(records[0]);
  const [, taken] = /, (\d+) of \d+ transitions taken/.exec(records[0]?.svg) ?? [];
  expect(Number(taken)).toBe(
    records[0]?.coverage.groups.find((one: { group: string }) => one.group === 'transition').seen.length,
  );
  expect(records[0]?.svg).toContain('25 runs of a sweep, profile swarm, from seed 2000 on');
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
      expect(stdout).toMatch(new RegExp(`^${cases} cases of 1 of 1 rows$`, 'm'));
      expect(stdout).toMatch(new RegExp(`^  ${SHORT} +1 +${cases} +[0-9.]+ +0$`, 'm'));
      const [{ cpuMs: _, ...fixture }] = record.fixtures;
      return { ...record, cases, fixtures: [fixture] };
    }),
  );
  expect(records[0]).toMatchObject({ schema: 1, pairs: 4, rows: 'differing', stopped: false, failures: [] });
  expect(records[1]).toEqual(records[0]);
});

test('a printer that is not emulated is told, and a sweep that could play nothing has not held', async () => {
  const shop = openShop();
  const fixture = shop.file('star.yaml');
  const star = 'device: star-mc-print2\nsteps: [{ sell: { yuan: 12 } }]\n';
  fs.writeFileSync(fixture, `title: { zh: 星, en: a Star }\n${star}`);
  const json = shop.file('star.json');
  const { code, stdout } = await sweep('--exhaustive', fixture, '--workers', '0', '--json', json);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^not played: .*star.yaml: The printer star-mc-print2 speaks StarPRNT/m);
  const { cases, played, of, notPlayed } = recordOf(json);
  expect({ cases, played, of, notPlayed: notPlayed.length }).toEqual({ cases: 0, played: 0, of: 1, notPlayed: 1 });
});

test('one case of it is played by the line that names it', async () => {
  const { code, stdout } = await sweep('--exhaustive', SHORT, '--case', `${SHORT} + power cut at event 3`);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^1 cases of 1 of 1 rows\n/);
});

/** What sweeps of this folder have kept, today's or those of who works here. */
const foundHere = () => (fs.existsSync('.paperjam/found') ? fs.readdirSync('.paperjam/found') : []);

test('a failure has its exit code, is kept as a small fixture, and is done again by the line that is told', async () => {
  const shop = openShop();
  const fixture = shop.file('long.yaml');
  const day = 86_400_000;
  fs.writeFileSync(
    fixture,
    `title: { zh: 两天, en: two days }\nsteps: [{ sell: { yuan: 12 } }, { wait: ${day} }, { wait: ${day} }]\n`,
  );
  const found = shop.file('found');
  const before = foundHere();
  const json = shop.file('long.json');
  const { code, stdout } = await sweep('--exhaustive', fixture, '--workers', '2', '--shrink', found, '--json', json);
  expect(code).toBe(3);
  expect(stdout).toContain(`crash  ${fixture} + as it is: it is not over after ${day} ms`);
  const [failure] = recordOf(json).failures;
  expect(failure.shrunk).toMatchObject({ file: `${found}/crash-no-fault-seed-1.yaml`, faults: 0, steps: 1 });
  expect(stdout).toContain(`  again:  paperjam run ${failure.shrunk.file}\n`);
  expect((await new Program(['run', failure.shrunk.file]).ended).code).toBe(3);
  fs.rmSync(found, { recursive: true });
  expect((await sweep('--exhaustive', fixture, '--case', failure.id, '--no-shrink')).code).toBe(3);
  expect(foundHere()).toEqual(before);
});

test('Ctrl-C ends that too with what was found', async () => {
  const program = new Program(['sweep', '--exhaustive', 'fixtures/causes/printer.paper-jam.yaml', '--workers', '0']);
  await program.says(/ cases of 3 of 15 rows/);
  program.signal('SIGINT');
  const { code, stdout } = await program.ended;
  expect(code).toBe(130);
  expect(stdout).toMatch(/^stopped: [\d,]+ cases of 3 of 15 rows/m);
});

test('what cannot be is refused at once', async () => {
  for (const args of [
    ['--seeds', '0'],
    ['--workers', '65'],
    ['--profile', 'hail'],
    ['--hours', '1', '--seeds', '5'],
    ['--exhaustive', SHORT, '--seeds', '5'],
    ['--exhaustive', SHORT, '--profile', 'calm'],
    ['--exhaustive', SHORT, '--svg', 'machine.svg'],
    ['--exhaustive', SHORT, '--case', `${SHORT} + power cut at event 100000`],
    ['--exhaustive', 'package.json'],
    ['--exhaustive', 'nowhere.yaml'],
    ['--case', 'foo'],
    ['--json', '/proc/nope/x.json'],
    ['--svg', '/proc/nope/x.svg'],
    ['--shrink', 'package.json'],
    ['--exhaustive', SHORT, '--json', '/proc/nope/x.json'],
    ['--exhaustive', SHORT, '--shrink', '/proc/nope'],
  ]) {
    const { code, stdout } = await sweep(...args);
    expect({ code, stdout }, args.join(' ')).toEqual({ code: 2, stdout: '' });
  }
});

test.each([
  [['--pairs', '3'], '--pairs is for --exhaustive. Add --exhaustive FIXTURE, or leave it away. [PJ_USAGE]'],
  [['--seeds', '-3'], 'It has to be a whole number, 1 to 999999999'],
  [['--exhaustive', SHORT, '--pairs', '-1'], 'It has to be a whole number, 0 to 999999999'],
])('and what is wrong, and allowed, is said of %j', async (args, says) => {
  const { code, stdout, stderr } = await sweep(...args);
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(says) });
});
