import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/world/config.js';

const directory = mkdtempSync(join(tmpdir(), 'paperjam-config-'));
afterAll(() => rmSync(directory, { recursive: true }));

function read(yaml: string) {
  const file = join(directory, 'config.yaml');
  writeFileSync(file, yaml);
  return readConfig(file);
}

describe('a configuration', () => {
  test('without a file is all default', () => {
    expect(readConfig(undefined)).toMatchObject({
      lang: 'zh',
      device: 'epson-tm-m30',
      printer: 'emulated',
      merchant: { terminalId: 'T01', utcOffsetMinutes: 480 },
      timings: { queryIntervalMs: 5_000, queryLimit: 5, cancelLimit: 3, guardEveryMs: 900_000 },
    });
  });

  test('that gives a part keeps the defaults of the rest, and the command line wins', () => {
    const file = join(directory, 'part.yaml');
    writeFileSync(file, 'timings: {queryLimit: 2}\nlang: en\n');
    const config = readConfig(file, { lang: 'zh' });
    expect(config.timings).toMatchObject({ queryLimit: 2, queryIntervalMs: 5_000 });
    expect(config.lang).toBe('zh');
  });

  test('that is empty is all default', () => {
    expect(read('')).toEqual(readConfig(undefined));
  });

  test.each([
    ['merchant: {nmae: x}', 'at merchant: there is no key nmae; did you mean name? (allowed: name, terminalId'],
    [
      'timings: {querylimt: 3}',
      'at timings: there is no key querylimt; did you mean queryLimit? (allowed: scanTimeoutMs',
    ],
    ['timigs: {}', 'at its top: there is no key timigs; did you mean timings? (allowed: lang, merchant'],
    ['timings: {queryLimit: many}', 'at timings.queryLimit: Invalid input: expected number'],
    ['port: 99999', 'at port: Too big: expected number to be <=65535 (given: 99999)'],
    ['printer: foo', 'at printer: must be emulated, a serial path such as /dev/ttyUSB0, or tcp://host:port'],
    ['lang: fr', 'at lang: Invalid option: expected one of "zh"|"en"'],
    ['merchant: {terminalId: "T 1"}', 'at merchant.terminalId: must be 1 to 12 letters or digits'],
    ['a: [', 'at line 1, column'],
    ['[1]', 'at its top: it must be a mapping of keys'],
  ])('%s is refused with the place, and what is allowed', (yaml, message) => {
    expect(() => read(yaml)).toThrowError(message);
  });

  test('that is not there is refused by name', () => {
    expect(() => readConfig(join(directory, 'none.yaml'))).toThrowError(
      /none\.yaml is not accepted at its top: there is no such file/,
    );
  });

  test('with a bomb of aliases is refused, not expanded', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((k, i) => `${k}: &${k} [${`*${'abcdefgh'[i]},`.repeat(9)}]`),
    ];
    expect(() => read(bomb.join('\n'))).toThrowError(/PJ_CONFIG|not accepted/);
  });
});
