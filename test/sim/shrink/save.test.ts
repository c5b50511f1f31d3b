import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FIXTURE } from '../../../src/fixture/language/fixture.js';
import { isFound, saveFixture, saveRegression } from '../../../src/sim/shrink/save.js';
import { sizeOf } from '../../../src/sim/shrink/shrink.js';
import { VERSION } from '../../../src/world/version.js';
import { fixtureFolder, planned } from '../../fixture/support.js';
import { ROOT } from '../../house/source.js';

const { write, folder } = fixtureFolder();
const TITLE = { zh: '很多', en: 'Many' };
const SELL = { sell: { fen: 100, customer: 'pays' } };

const before = FIXTURE.parse({
  title: TITLE,
  seed: 123,
  faults: [{ fault: 'platform.answer-lost' }, { fault: 'link.delay' }],
  steps: [SELL, SELL, 'heal'],
});

function found(more: object = {}) {
  const fixture = FIXTURE.parse({ title: TITLE, faults: [{ fault: 'platform.answer-lost' }], steps: [SELL], ...more });
  return {
    foundBy: 'paperjam sweep --seed 123',
    failure: { kind: 'safety', oracle: 'one-payment', says: 'one payment at most; 200 fen kept\n    at somewhere' },
    before,
    shrunk: { fixture, runs: 41, finished: true, ...sizeOf(fixture) },
  } as const;
}

describe('a failure that is kept', () => {
  const regressions = join(folder, 'regressions');

  test('is a fixture named for what broke, and its head says where it comes from', () => {
    const { file, repeat, isNew } = saveRegression(regressions, found());
    expect({ file, repeat, isNew }).toEqual({
      file: join(regressions, 'one-payment-answer-lost-seed-123.yaml'),
      repeat: `paperjam run ${file}`,
      isNew: true,
    });
    const text = readFileSync(file, 'utf8');
    expect(isFound(text)).toBe(true);
    expect(text).toBe(
      [
        `# Found by paperjam sweep --seed 123 (paperjam ${VERSION}, seed 123).`,
        '# What broke, safety (one-payment): one payment at most; 200 fen kept',
        '# Shrunk from 2 faults and 3 steps to 1 fault and 1 step in 41 runs. Again:',
        `#   paperjam run ${file}`,
        'title:',
        '  zh: 一笔交易最多收一次款:platform.answer-lost',
        '  en: "a sale is paid once at most: platform.answer-lost"',
        'faults:',
        '  - { fault: platform.answer-lost }',
        'steps:',
        '  - sell: { yuan: 1.00, customer: pays }',
        '',
      ].join('\n'),
    );
  });

  test('is kept once, and another of the same name beside it', () => {
    const again = saveRegression(regressions, { ...found(), shrunk: { ...found().shrunk, runs: 99 } });
    expect(again).toMatchObject({ file: join(regressions, 'one-payment-answer-lost-seed-123.yaml'), isNew: false });
    expect(readFileSync(again.file, 'utf8')).toContain('in 41 runs');
    const other = saveRegression(regressions, found({ notify: true }));
    expect(other.file).toMatch(/one-payment-answer-lost-seed-123-[0-9a-f]{8}[.]yaml$/);
    expect(saveRegression(regressions, found({ notify: true }))).toMatchObject({ file: other.file, isNew: false });
    expect(readdirSync(regressions)).toHaveLength(2);
  });

  test('names its schema for editors, where it lies among the sources', () => {
    write('{}', 'house/src/fixture/fixture.schema.json');
    const { file } = saveRegression(join(folder, 'house/fixtures/regressions'), found());
    const text = readFileSync(file, 'utf8');
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../../src/fixture/fixture.schema.json');
    expect(isFound(text)).toBe(true);
  });

  test("finds a device of one's own from where it lies", () => {
    const device = write('{}', 'devices/own.yaml');
    const { file } = saveRegression(join(folder, 'a/b'), found({ device }));
    expect(planned(file)).toMatchObject([{ fixture: { device: '../../devices/own.yaml' }, device }]);
  });
});

describe('a file that is written', () => {
  test('takes the place of one that was written like it, and of no other', () => {
    const file = join(folder, 'x.shrunk.yaml');
    saveFixture(file, found());
    saveFixture(file, found({ notify: true }));
    expect(readFileSync(file, 'utf8')).toContain('notify: true');
    const own = write('title: { zh: 我, en: mine }', 'own.yaml');
    expect(() => saveFixture(own, found())).toThrow(expect.objectContaining({ code: 'PJ_SHRINK_OUTPUT' }));
    expect(readFileSync(own, 'utf8')).toBe('title: { zh: 我, en: mine }');
  });

  test('is none where nothing can be written, and that is said', () => {
    mkdirSync(join(folder, 'a folder'));
    expect(() => saveFixture(join(folder, 'a folder'), found())).toThrow(/a folder cannot be written: it is a folder/);
  });
});

test('every fixture of fixtures/regressions says where it was found', () => {
  const regressions = join(ROOT, 'fixtures/regressions');
  const files = existsSync(regressions) ? readdirSync(regressions) : [];
  expect(files.filter((name) => !isFound(readFileSync(join(regressions, name), 'utf8')))).toEqual([]);
});
