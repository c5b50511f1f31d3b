import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tallyMarkdown } from '../../../src/sim/diagnosis/markdown.js';
import { measure } from '../../../src/sim/diagnosis/measure.js';
import { tally } from '../../../src/sim/diagnosis/tally.js';
import { ROOT } from '../../house/source.js';

const README = join(ROOT, 'README.md');
const BLOCK = /(<!-- diagnosis -->\n)([\s\S]*?)(\n<!-- \/diagnosis -->)/;
const RUNS = 2_000;

test('of 2,000 generated runs no payment is wrong and the causes are right, as the README says (PAPERJAM_UPDATE=1 writes it anew)', {
  timeout: 600_000,
}, async () => {
  const found = tally(await measure(1, RUNS));
  expect(found.wrongPayments).toEqual([]);
  expect(found.sales).toBeGreaterThan(RUNS);
  expect(found.rightWithFault.of).toBeGreaterThan(RUNS / 2);
  for (const { count, of } of [found.right, found.rightWithFault, found.rightWithout]) {
    expect(count / of).toBeGreaterThanOrEqual(0.95);
  }
  const table = tallyMarkdown(found, { seed: 1, runs: RUNS });
  const readme = readFileSync(README, 'utf8');
  expect(BLOCK.test(readme)).toBe(true);
  if (process.env.PAPERJAM_UPDATE === '1')
    writeFileSync(
      README,
      readme.replace(BLOCK, (_, a, __, z) => `${a}${table}${z}`),
    );
  expect(BLOCK.exec(readFileSync(README, 'utf8'))?.[2]).toBe(table);
});
