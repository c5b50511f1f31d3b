import { expect, test } from 'vitest';
import { crc32 } from '../../../src/base/crc32.js';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import { RecordingEncoder } from '../../../src/links/recording/format.js';
import { Recorder } from '../../../src/links/recording/recorder.js';
import { HEADER } from './events.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('the bytes of a header are magic, version, length, JSON with a line feed, and the check of all that', () => {
  const header = new RecordingEncoder().header({ ...HEADER, startedAt: '2026-01-01T00:00:00.000Z' });
  const json =
    '{"device":"epson-tm-m30","address":"/dev/ttyUSB0 at 115200","baud":115200,"paperjam":"0.1.0","startedAt":"2026-01-01T00:00:00.000Z"}\n';
  expect(json.length).toBe(133);
  const check = Buffer.alloc(4);
  check.writeUInt32LE(crc32(header.subarray(0, -4)));
  expect(hex(header)).toBe(`89504a520d0a1a0a02${'8501'}${hex(Buffer.from(json))}${hex(check)}`);
});

test('the bytes of records are kind, time, length, fold, bytes and the check of all before', () => {
  const encoder = new RecordingEncoder();
  expect(hex(encoder.record('toPrinter', 0, Uint8Array.of(0x10, 0x04, 0x01)))).toBe('3e00039810040108e42955');
  expect(hex(encoder.record('fromPrinter', 300, Uint8Array.of(0x12)))).toBe('3cac02013612feb98920');
  expect(hex(encoder.record('end', 0))).toBe('450000e0aa329d50');
});

test('the bytes of a rate are its digits', () => {
  const parts: Uint8Array[] = [];
  const clock = new VirtualClock(0);
  const recorder = new Recorder({ clock, header: HEADER, append: (bytes) => parts.push(bytes) });
  recorder.rate(9_600);
  expect(hex(parts[1] ?? Buffer.of()).slice(0, 16)).toBe('520004f339363030');
});
