import fs from 'node:fs';
import { expect, test } from 'vitest';
import { Program } from './program.js';
import { openShop } from './shop.js';

const sweep = (...args: string[]) => new Program(['sweep', ...args]).ended;
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

test('what cannot be is refused at once', async () => {
  for (const args of [
    ['--seeds', '0'],
    ['--workers', '65'],
    ['--profile', 'hail'],
    ['--hours', '1', '--seeds', '5'],
  ]) {
    const { code, stdout } = await sweep(...args);
    expect({ code, stdout }, args.join(' ')).toEqual({ code: 2, stdout: '' });
  }
});
