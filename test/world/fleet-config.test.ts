import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { rawConfig, readConfig } from '../../src/world/config.js';
import { numberedTerminals, readTerminals } from '../../src/world/fleet-config.js';

const directory = mkdtempSync(join(tmpdir(), 'paperjam-fleet-config-'));
afterAll(() => rmSync(directory, { recursive: true }));
const file = join(directory, 'terminals.yaml');

function read(yaml: string, common: object = {}) {
  writeFileSync(file, yaml);
  return readTerminals(file, rawConfig(undefined, common));
}

describe('terminals by their number', () => {
  const ids = (terminalId: string, count: number) =>
    numberedTerminals(readConfig(undefined, { merchant: { terminalId } }), count).map(
      ({ merchant }) => merchant.terminalId,
    );

  test('go on from that of the configuration, all else being equal', () => {
    expect(ids('T01', 3)).toEqual(['T01', 'T02', 'T03']);
    expect(ids('T99', 2)).toEqual(['T99', 'T100']);
    expect(ids('KIOSK', 3)).toEqual(['KIOSK', 'KIOSK2', 'KIOSK3']);
    expect(new Set(ids('ABCDEFGHIJKL', 12)).size).toBe(12);
    expect(ids('ABCDEFGHIJKL', 12).at(-1)).toBe('ABCDEFGHIJ12');
  });
});

describe('a list of terminals', () => {
  test('gives each what it has of its own, over what all have in common', () => {
    const [first, bar, last] = read(
      `
      - device: epson-tm-t88v
      - { id: BAR1, policy: { reprint: when-ready }, merchant: { name: Bar } }
      - { printer: in-process }
      `,
      { lang: 'en', policy: { ticket: { merchantCopy: true, signature: { aboveYuan: 100 } } } },
    );
    expect(first).toMatchObject({ device: 'epson-tm-t88v', merchant: { terminalId: 'T01' }, printer: 'emulated' });
    expect(bar).toMatchObject({
      lang: 'en',
      device: 'epson-tm-m30',
      merchant: { terminalId: 'BAR1', name: 'Bar', utcOffsetMinutes: 480 },
      policy: { reprint: 'when-ready', ticket: { signature: { aboveFen: 10_000 } } },
    });
    expect(last).toMatchObject({ merchant: { terminalId: 'T03' }, printer: 'in-process' });
  });

  test.each<[yaml: string, message: string]>([
    ['id: T01', 'at its top: it must be a list of 1 to 1000 terminals'],
    ['[]', 'at its top: it must be a list of 1 to 1000 terminals'],
    ['- T01', 'at 1: it must be a mapping of keys'],
    ['- {id: T01}\n- {devise: x}', 'at 2: there is no key devise; did you mean device? (allowed: id, lang, merchant'],
    ['- {id: "T 1"}', 'at 1.id: must be 1 to 12 letters or digits (given: "T 1")'],
    ['- {merchant: {terminalId: X}}', 'at 1.merchant: the number of a terminal is its id'],
    ['- {printer: nowhere}', 'at 1.printer: must be emulated, in-process, a serial path'],
    ['- {policy: {reprint: never}}', 'at 1.policy.reprint: Invalid option: expected one of "ask"|"when-ready"'],
    ['- {platform: {gateway: x}}', 'at 1: there is no key platform'],
    ['- {id: A}\n- {id: a}', 'at 2.id: a is the number of terminal 1 already'],
    ['- {printer: /dev/x}\n- {printer: /dev/x}', 'at 2.printer: /dev/x is the printer of T01 already'],
  ])('%j is refused with the place, and what is allowed', (yaml, message) => {
    expect(() => read(yaml)).toThrowError(`${file} is not accepted ${message}`);
  });
});
