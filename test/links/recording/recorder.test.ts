import { expect, test } from 'vitest';
import { Recorder } from '../../../src/links/recording/recorder.js';
import type { Clock } from '../../../src/ports/clock.js';
import { HEADER, plain, read } from './events.js';

/** A clock that stands where it is put. */
function recorderAt(startMs: number) {
  let nowMs = startMs;
  const parts: Uint8Array[] = [];
  const clock: Clock = { now: () => nowMs, setTimeout: () => undefined, clearTimeout() {} };
  const recorder = new Recorder({ clock, header: HEADER, append: (bytes) => parts.push(bytes) });
  return { recorder, parts, set: (ms: number) => (nowMs = ms), file: () => Buffer.concat(parts) };
}

test('times are microseconds since the whole millisecond in which it began', () => {
  const { recorder, set, file } = recorderAt(1_000.25);
  recorder.opened();
  set(1_001.0004);
  recorder.fromPrinter(Uint8Array.of(0x12));
  const { header, events } = read(file());
  expect(header?.startedAt).toBe('1970-01-01T00:00:01.000Z');
  expect(events.map(({ atUs }) => atUs)).toEqual([250, 1_000]);
});

test('a clock that is set back costs only the time that it was set back', () => {
  const { recorder, set, file } = recorderAt(10_000);
  set(10_005);
  recorder.opened();
  set(2_000);
  recorder.mark('set back by eight seconds');
  set(2_003);
  recorder.closed();
  expect(read(file()).events.map(({ atUs }) => atUs)).toEqual([5_000, 5_000, 8_000]);
});

test('what is longer than a record is cut into several of the same time', () => {
  const { recorder, set, file } = recorderAt(0);
  const bytes = Uint8Array.from({ length: 150_000 }, (_, i) => i * 7);
  set(7);
  recorder.toPrinter(bytes);
  const { events } = read(file(), 10_000);
  expect(events.map(({ atUs }) => atUs)).toEqual([7_000, 7_000, 7_000]);
  const lengths = events.map((event) => ('bytes' in event ? event.bytes.length : 0));
  expect(lengths).toEqual([65_536, 65_536, 18_928]);
  const whole = Buffer.concat(events.map((event) => ('bytes' in event ? event.bytes : Buffer.of())));
  expect(whole.equals(bytes)).toBe(true);
});

test('nothing is recorded behind the end', () => {
  const { recorder, parts, file } = recorderAt(0);
  recorder.end();
  recorder.end();
  recorder.opened();
  expect(parts.length).toBe(2);
  expect(read(file())).toMatchObject({ events: [], end: { ended: true } });
});

test('a message of a loss is kept with its code', () => {
  const { recorder, file } = recorderAt(0);
  recorder.lost({ code: 'missing', message: 'There is no serial port 打印机' });
  expect(read(file()).events.map(plain)).toEqual([
    { kind: 'lost', code: 'missing', message: 'There is no serial port 打印机' },
  ]);
});

test('a message that is longer than a record is cut, so that a loss is one record', () => {
  const { recorder, file } = recorderAt(0);
  recorder.lost({ code: 'lost', message: 'x'.repeat(70_000) });
  expect(read(file()).events.map(plain)).toEqual([{ kind: 'lost', code: 'lost', message: 'x'.repeat(65_536 - 5) }]);
});

test('a line that was quiet for a day has its time to the microsecond', () => {
  const { recorder, set, file } = recorderAt(0);
  const dayMs = 86_400_000;
  set(dayMs + 0.001);
  recorder.opened();
  expect(read(file()).events.map(({ atUs }) => atUs)).toEqual([dayMs * 1_000 + 1]);
});
