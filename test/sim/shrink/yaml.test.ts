import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadFixtures } from '../../../src/fixture/load.js';
import { fixtureYaml } from '../../../src/sim/shrink/yaml.js';
import { fixtureFolder } from '../../fixture/support.js';
import { ROOT } from '../../house/source.js';
import { anyFixture } from './fixtures.js';

const { write } = fixtureFolder();

/** What the text says, read as any file is. */
function readAgain(text: string) {
  const { runs, errors } = loadFixtures([write(text, 'again.yaml')]);
  if (errors[0] !== undefined) throw new Error(`${errors[0].message}\n${text}`);
  return runs.map(({ fixture }) => fixture);
}

/** Its table is put in, and each of its repetitions is a fixture of its own. */
const ofOneRun = { parameters: undefined, repeat: 1 };

describe('a fixture that is written down', () => {
  test('is the same when it is read again, whatever the language can say', () => {
    fc.assert(
      fc.property(anyFixture(), fc.string({ unit: 'grapheme' }), (fixture, comment) => {
        expect(readAgain(fixtureYaml(fixture, comment))).toEqual([fixture]);
      }),
      { numRuns: 100 },
    );
  });

  test('is the same for every fixture of the house', () => {
    const { runs } = loadFixtures([join(ROOT, 'fixtures')]);
    expect(runs.length).toBeGreaterThan(300);
    const firstRows = new Map([...runs].reverse().map((run) => [run.file, run]));
    for (const { fixture } of firstRows.values()) {
      const text = fixtureYaml(fixture, 'one row');
      expect(readAgain(text)).toEqual([{ ...fixture, ...ofOneRun }]);
    }
  });

  test('reads as if a person had written it', () => {
    const sale = join(ROOT, 'fixtures/sale.yaml');
    const [run] = loadFixtures([sale]).runs;
    if (run === undefined) throw new Error('there is one');
    const [first, ...lines] = readFileSync(sale, 'utf8').split('\n');
    expect(fixtureYaml(run.fixture, first?.slice(2) ?? '').split('\n')).toEqual([first, ...lines]);
  });
});
