import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { type RunRecord, recordJsonSchema } from '../../src/station/record.js';
import { SAMPLE } from './sample.js';

const path = fileURLToPath(new URL('../../src/station/record.schema.json', import.meta.url));
if (process.env.PAPERJAM_UPDATE === '1') {
  writeFileSync(path, `${JSON.stringify(recordJsonSchema(), null, 2)}\n`);
}

test('the schema of the record is what the station writes by (PAPERJAM_UPDATE=1 writes it anew, npm run format formats it)', () => {
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(recordJsonSchema());
});

describe('a validator that knows nothing of paperjam', () => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(path, 'utf8')));
  const complaints = (record: unknown) => {
    validate(JSON.parse(JSON.stringify(record)));
    return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
  };

  test('takes a record that has one of everything', () => {
    expect(complaints(SAMPLE)).toEqual([]);
  });

  test.each<[string, Partial<Record<keyof RunRecord, unknown>>, string]>([
    ['of another format', { format: 'paperjam.station/2' }, '/format const'],
    ['with an outcome of its own', { outcome: 'GOOD' }, '/outcome enum'],
    ['with a time of no zone', { startedAt: '2026-03-02 01:30' }, '/startedAt format'],
    ['with a field that nobody knows', { dut: { ...SAMPLE.dut, colour: 'black' } }, '/dut additionalProperties'],
    [
      'with a phase that took less than no time',
      { phases: [{ ...SAMPLE.phases[0], durationMs: -1 }] },
      '/phases/0/durationMs minimum',
    ],
    ['without its phases', { phases: undefined }, ' required'],
  ])('refuses one %s', (_, change, words) => {
    expect(complaints({ ...SAMPLE, ...change })).toContain(words);
  });

  test('refuses an attachment whose hash is none', () => {
    const [phase] = SAMPLE.phases.filter(({ attachments }) => attachments.length > 0);
    const [attachment] = phase?.attachments ?? [];
    const record = { ...SAMPLE, phases: [{ ...phase, attachments: [{ ...attachment, sha256: 'ABC' }] }] };
    expect(complaints(record)).toEqual(['/phases/0/attachments/0/sha256 pattern']);
  });
});
