import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RUN_RECORD, type RunRecord } from '../../../src/station/record.js';
import { writeRun } from '../../../src/station/report/write-run.js';
import { SAMPLE, SAMPLE_BYTES } from '../sample.js';

describe('a run on disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'paperjam-run-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const files = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();

  /** The sample with the first attachment's file, or what else of it, changed. */
  const changed = (change: object): RunRecord => ({
    ...SAMPLE,
    phases: SAMPLE.phases.map((phase) => ({
      ...phase,
      attachments: phase.attachments.map((one) => (one.name === 'Character sets' ? { ...one, ...change } : one)),
    })),
  });

  test('is a record, a JUnit XML, a page, and what was attached, and no drafts', () => {
    const out = join(folder, 'deep/in');
    const written = writeRun(out, SAMPLE, SAMPLE_BYTES);
    expect(files()).toEqual([
      'deep/in/junit.xml',
      'deep/in/paper/character-sets.png',
      'deep/in/paper/half a ticket, jammed.png',
      'deep/in/record.json',
      'deep/in/report.html',
      'deep/in/run.tape',
    ]);
    expect([written.record, written.junit, written.html, ...written.attachments].sort()).toEqual(
      files().map((file) => join(folder, file)),
    );
  });

  test('is read back as it was, and each hash is that of its file', () => {
    const { record } = writeRun(folder, SAMPLE, SAMPLE_BYTES);
    const read = RUN_RECORD.parse(JSON.parse(readFileSync(record, 'utf8')));
    expect(read).toEqual(SAMPLE);
    const attachments = read.phases.flatMap((phase) => phase.attachments);
    expect(attachments).toHaveLength(3);
    for (const { file, sha256, bytes } of attachments) {
      const content = readFileSync(join(folder, file));
      expect([content.length, createHash('sha256').update(content).digest('hex')]).toEqual([bytes, sha256]);
    }
  });

  test('takes the place of an older one', () => {
    writeRun(folder, SAMPLE, SAMPLE_BYTES);
    const { record } = writeRun(folder, { ...SAMPLE, runId: 'second' }, SAMPLE_BYTES);
    expect(readFileSync(record, 'utf8')).toContain('"runId": "second"');
    expect(files()).toHaveLength(6);
  });

  const code = (run: () => void): string => {
    try {
      run();
    } catch (error) {
      return String(error);
    }
    return 'nothing was thrown';
  };

  test.each([
    ['../escaped.png', 'is no path below the record’s folder'.replace('’', "'")],
    ['/tmp/escaped.png', 'is no path below'],
    ['paper/../../escaped.png', 'is no path below'],
    ['paper\\1.png', 'is no path below'],
    ['paper//1.png', 'is no path below'],
    ['C:1.png', 'is no path below'],
    ['', 'is no path below'],
    ['record.json', 'is written by the station itself'],
    ['nowhere.png', 'there are no bytes for nowhere.png'],
    ['run.tape', 'are not those that its length and sha256 say'],
  ])('is refused before anything is written if an attachment is named %j', (file, words) => {
    const said = code(() => writeRun(folder, changed({ file }), SAMPLE_BYTES));
    expect(said).toContain('The record of the run is not accepted at phases.4.attachments.0.file: ');
    expect(said).toContain(words);
    expect(files()).toEqual([]);
  });

  test('is refused if its schema does not allow it', () => {
    const record = { ...SAMPLE, phases: [{ ...changed({}).phases[0], durationMs: Number.NaN }] };
    // as: what a program in JavaScript, or a bug, would hand over.
    const said = code(() => writeRun(folder, record as RunRecord, SAMPLE_BYTES));
    expect(said).toMatch(/not accepted at phases\.0\.durationMs: .*NaN/);
    expect(files()).toEqual([]);
  });

  test('is refused with the path and the reason where it cannot be written, and leaves no draft', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(code(() => writeRun(join(folder, 'file'), SAMPLE, SAMPLE_BYTES))).toMatch(
      /PaperjamError: .*file.* cannot be written: a part of the path is a file.*\(--out DIR\)/,
    );
    mkdirSync(join(folder, 'run/report.html/inside'), { recursive: true });
    expect(code(() => writeRun(join(folder, 'run'), SAMPLE, SAMPLE_BYTES))).toMatch(
      /report\.html cannot be written: it is a folder/,
    );
    expect(files().filter((file) => file.endsWith('.part') || file.endsWith('record.json'))).toEqual([]);
  });
});
