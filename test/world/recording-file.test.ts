import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RecordedEvent } from '../../src/links/recording/format.js';
import { openRecording } from '../../src/world/recording-file.js';
import { recorded, type Step } from '../links/recording/events.js';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'paperjam-recording-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function written(content: Uint8Array): string {
  const file = join(folder, 'a.pjr');
  fs.writeFileSync(file, content);
  return file;
}

describe('what cannot be read says why', () => {
  test('no such file, a folder, a pipe', async () => {
    const none = join(folder, 'none.pjr');
    await expect(openRecording(none)).rejects.toThrow(
      `${none} is not a recording that can be read: there is no such file.`,
    );
    await expect(openRecording(folder)).rejects.toThrow('it is a folder');
    await expect(openRecording(join(written(Buffer.of()), 'b'))).rejects.toThrow('a part of the path is a file');
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    await expect(openRecording(pipe)).rejects.toThrow('it is not a file');
  });

  test('an empty file, and one that ends in its header', async () => {
    await expect(openRecording(written(Buffer.of()))).rejects.toThrow('it is empty');
    const [header = Buffer.of()] = recorded([]);
    await expect(openRecording(written(header.subarray(0, 30)))).rejects.toThrow('it ends inside its header');
  });
});

test('a long one is read from beginning to end, a piece at a time, and its damage is met where it stands', async () => {
  const steps: Step[] = Array.from({ length: 300 }, (_, i) => ({
    afterUs: 1_000,
    event: { kind: 'toPrinter', bytes: Buffer.alloc(1_000, i) },
  }));
  const content = Buffer.concat(recorded(steps));
  const recording = await openRecording(written(content));
  expect(recording.header.device).toBe('epson-tm-m30');
  const events: RecordedEvent[] = [];
  for await (const event of recording.events()) events.push(event);
  await recording.close();
  expect(events.map((event) => ('bytes' in event ? event.bytes[0] : -1))).toEqual(steps.map((_, i) => i & 0xff));

  const { offset = 0 } = events[200] ?? {};
  content[offset + 500] = 0;
  const damaged = await openRecording(written(content));
  let whole = 0;
  await expect(
    (async () => {
      for await (const _ of damaged.events()) whole++;
    })(),
  ).rejects.toThrow(`damaged at byte ${offset}: the check does not fit`);
  expect(whole).toBe(200);
  await damaged.close();
});
