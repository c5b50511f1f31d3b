import { describe, expect, test } from 'vitest';
import { crc32 } from '../../../src/base/crc32.js';
import { type Kind, RecordingEncoder } from '../../../src/links/recording/format.js';
import { HEADER, plain, read, recorded, STARTED_AT } from './events.js';

const header = () => new RecordingEncoder().header({ ...HEADER, startedAt: STARTED_AT });
const messageOf = (file: Uint8Array) => {
  const { error } = read(file);
  return error instanceof Error ? error.message : undefined;
};

describe('what is no recording is named', () => {
  test('an empty file', () => {
    expect(messageOf(Buffer.of())).toBe('a.pjr is not a recording that can be read: it is empty.');
  });

  test('something else', () => {
    expect(messageOf(Buffer.from('Corner Cafe\n'))).toBe(
      'a.pjr is not a recording that can be read: it begins with 436f726e65722043, not with 89504a520d0a1a0a.',
    );
  });

  test('a recording of another version', () => {
    const file = header();
    file[8] = 3;
    expect(messageOf(file)).toBe('a.pjr is a recording of version 3. Allowed: 1, 2. Use the paperjam that wrote it.');
  });

  test('a header that does not tell what it has to', () => {
    const encoder = new RecordingEncoder();
    const file = encoder.header({ ...HEADER, baud: -1, startedAt: STARTED_AT });
    expect(messageOf(file)).toContain('its header is {"device":"epson-tm-m30"');
  });
});

describe('damage is named with its place', () => {
  const file = () =>
    Buffer.concat(recorded([{ afterUs: 5, event: { kind: 'toPrinter', bytes: Buffer.from('Cafe') } }]));
  const at = header().length;
  const changed = (place: number, to: number) => {
    const bytes = file();
    bytes[place] = to;
    return messageOf(bytes);
  };

  test('a letter of the text', () => {
    expect(changed(at + 5, 0x63)).toBe(
      `a.pjr is damaged at byte ${at}: the check does not fit, so something in it was changed. What stands before that is whole.`,
    );
  });

  test('a length', () => {
    expect(changed(at + 2, 0x7f)).toContain(`at byte ${at}: the head of a record was changed.`);
  });

  test('a kind', () => {
    expect(changed(at, 0x3f)).toContain(`at byte ${at}: there is no kind of record 3f.`);
  });

  test('a record longer than any may be, though its checks fit', () => {
    const encoder = new RecordingEncoder();
    const begin = encoder.header({ ...HEADER, startedAt: STARTED_AT });
    const bytes = Buffer.concat([begin, encoder.record('toPrinter', 0, new Uint8Array(65_537))]);
    expect(messageOf(bytes)).toContain(`at byte ${begin.length}: a record of 65537 bytes.`);
  });

  test('a header longer than any may be, before the rest of it has come', () => {
    const file = Uint8Array.of(0x89, 0x50, 0x4a, 0x52, 0x0d, 0x0a, 0x1a, 0x0a, 1, 0x81, 0x80, 0x04);
    expect(messageOf(file)).toContain('at byte 0: a header of 65537 bytes.');
  });

  test('something behind the end', () => {
    expect(messageOf(Buffer.concat([file(), Buffer.from('x')]))).toContain(
      `at byte ${file().length}: there are bytes behind its end.`,
    );
  });

  test('a record that was left out', () => {
    const parts = recorded([
      { afterUs: 0, event: { kind: 'opened' } },
      { afterUs: 0, event: { kind: 'closed' } },
    ]);
    expect(messageOf(Buffer.concat(parts.filter((_, i) => i !== 1)))).toContain(
      `at byte ${at}: the check does not fit`,
    );
  });
});

describe('a rate', () => {
  /** One record behind a header; the checks are those of the version. */
  function fileOf(version: number, kind: Kind, text: string): Uint8Array {
    const encoder = new RecordingEncoder();
    const bytes = Buffer.concat([
      encoder.header({ ...HEADER, startedAt: STARTED_AT }),
      encoder.record(kind, 5, Buffer.from(text)),
    ]);
    const [headerEnd, recordEnd] = [header().length - 4, bytes.length - 4];
    bytes[8] = version;
    const check = crc32(bytes.subarray(0, headerEnd));
    bytes.writeUInt32LE(check, headerEnd);
    bytes.writeUInt32LE(crc32(bytes.subarray(headerEnd + 4, recordEnd), check), recordEnd);
    return bytes;
  }

  test('is read, and 0 is none', () => {
    expect(read(fileOf(2, 'rate', '9600')).events.map(plain)).toEqual([{ kind: 'rate', baud: 9_600 }]);
    expect(read(fileOf(2, 'rate', '0')).events.map(plain)).toEqual([{ kind: 'rate', baud: 0 }]);
  });

  test.each(['', '-1', '9600 baud', '12345678901'])('%j is none', (text) => {
    expect(messageOf(fileOf(2, 'rate', text))).toContain(`at byte ${header().length}: a rate that is no number.`);
  });

  test('is nothing that a file of version 1 has, whose other records are read as ever', () => {
    expect(read(fileOf(1, 'mark', 'phase: latency')).events.map(plain)).toEqual([
      { kind: 'mark', text: 'phase: latency' },
    ]);
    expect(messageOf(fileOf(1, 'rate', '9600'))).toContain('there is no kind of record 52.');
  });
});
