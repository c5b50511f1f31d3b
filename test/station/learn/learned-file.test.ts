import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Learned } from '../../../src/station/learn/learn.js';
import { checkLearnFile, learnedYaml, writeLearned } from '../../../src/station/learn/learned-file.js';
import { readPrinterFacts } from '../../../src/world/device-facts.js';
import { printerNames, readPrinterProfile } from '../../../src/world/devices.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperjam-learned-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function learned(device: string, rest: Partial<Learned> = {}): Learned {
  const { id: _, ...profile } = readPrinterProfile(device);
  return { profile, source: ['measured'], assumed: ['as in it: paper'], changes: [], ...rest };
}

describe('a learned profile', () => {
  test.each(printerNames())('of %s loads as it was written, with where it comes from', (device) => {
    const file = join(folder, `${device}.yaml`);
    const whole = learned(device);
    writeLearned(file, whole);
    expect(readPrinterFacts(file)).toEqual({
      profile: { id: device, ...whole.profile },
      source: ['measured'],
      assumed: ['as in it: paper'],
    });
  });

  test('reads as those of devices/printers do', () => {
    const changes = ['speedMmPerS: 90.1 (100 in xprinter-xp-58)'];
    const text = learnedYaml(learned('xprinter-xp-58', { changes }));
    expect(text.split('\n').slice(0, 12)).toEqual([
      '# Measured. Not as in the profile that it was held against:',
      '#   speedMmPerS: 90.1 (100 in xprinter-xp-58)',
      'maker: Xprinter',
      'model: XP-58',
      'paper:',
      '  widthMm: 58',
      '  printableDots: 384',
      '  dpi: 203',
      'columns: 32',
      'speedMmPerS: 90',
      'receiveBufferBytes: 32768',
      'baud: 9600',
    ]);
    expect(text.trimEnd().split('\n').slice(-4)).toEqual([
      'source:',
      '  - measured',
      'assumed:',
      '  - "as in it: paper"',
    ]);
  });

  test('is not broken by what a printer says of itself', () => {
    const file = join(folder, 'odd.yaml');
    const { profile } = learned('epson-tm-m30');
    const model = 'T: "1"\nx: [\u0007';
    writeLearned(file, learned('epson-tm-m30', { profile: { ...profile, model }, changes: [`model: ${model}`] }));
    expect(readPrinterProfile(file).model).toBe(model);
  });
});

describe('the file', () => {
  test('is never overwritten', () => {
    const file = join(folder, 'mine.yaml');
    writeFileSync(file, 'mine\n');
    for (const attempt of [() => checkLearnFile(file), () => writeLearned(file, learned('epson-tm-m30'))]) {
      expect(attempt).toThrow(`The profile ${file} cannot be written: it exists, and nothing is overwritten.`);
    }
    expect(readFileSync(file, 'utf8')).toBe('mine\n');
  });

  test.each([
    ['twin', 'the name of a profile ends in .yaml'],
    ['nowhere/twin.yaml', 'there is no folder'],
  ])('%s is refused: %s', (name, problem) => {
    const file = join(folder, name);
    expect(() => checkLearnFile(file)).toThrow(problem);
    expect(existsSync(file)).toBe(false);
  });

  test('that no profile could be is not written', () => {
    const { profile } = learned('epson-tm-m30');
    const file = join(folder, 'bad.yaml');
    expect(() => writeLearned(file, learned('epson-tm-m30', { profile: { ...profile, baud: 1 } }))).toThrow(
      expect.objectContaining({ code: 'PJ_DEVICE' }),
    );
    expect(existsSync(file)).toBe(false);
  });
});
