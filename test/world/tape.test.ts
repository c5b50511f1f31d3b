import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { memoryLinkPair } from '../../src/links/memory.js';
import { openTape } from '../../src/world/tape.js';
import { Collector } from '../links/collector.js';
import { plain, read } from '../links/recording/events.js';

function tapeInFolder() {
  const folder = fs.mkdtempSync(join(tmpdir(), 'paperjam-tape-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'a.pjr');
  const failed: Error[] = [];
  return { file, failed, tape: openTape({ file, device: 'own.yaml', failed: (error) => failed.push(error) }) };
}

test('a tape holds the line from its header to its end, with the marks of whoever made it', () => {
  const { file, failed, tape } = tapeInFolder();
  const clock = new VirtualClock();
  const link = tape.link(memoryLinkPair(clock, { address: 'bench 3' }).host, { clock, baud: 9_600 });
  link.open(new Collector());
  clock.advance(1);
  tape.mark('phase: latency');
  link.write(Buffer.from('Cafe'));
  link.close();
  tape.close();
  tape.close();
  const { header, events, end } = read(fs.readFileSync(file));
  expect(header).toEqual({
    device: 'own.yaml',
    address: 'bench 3',
    baud: 9_600,
    paperjam: expect.stringMatching(/^\d+\.\d+\.\d+/),
    startedAt: '2026-01-01T00:00:00.000Z',
  });
  expect(events.map(plain)).toEqual([
    { kind: 'opened' },
    { kind: 'mark', text: 'phase: latency' },
    { kind: 'toPrinter', bytes: Uint8Array.from(Buffer.from('Cafe')) },
    { kind: 'closed' },
  ]);
  expect(end).toEqual({ ended: true });
  expect(failed).toEqual([]);
});

test('a line that is opened as another link goes on with its rate, said before the line is open, and only if it is another', () => {
  const { file, tape } = tapeInFolder();
  const clock = new VirtualClock();
  const { host } = memoryLinkPair(clock, { address: 'bench 3' });
  const named = memoryLinkPair(clock, { address: 'bench 3 at 9600' }).host;
  const fast = tape.link(host, { clock, baud: 115_200 });
  const slow = tape.link(named, { clock, baud: 9_600 });
  for (const link of [fast, slow, tape.link(named, { clock, baud: 9_600 }), fast]) {
    link.open(new Collector());
    clock.advance(1);
    link.close();
  }
  tape.close();
  const { header, events } = read(fs.readFileSync(file));
  expect(header?.baud).toBe(115_200);
  const life = [{ kind: 'opened' }, { kind: 'closed' }];
  expect(events.map(plain)).toEqual([
    ...life,
    { kind: 'mark', text: 'the line is bench 3 at 9600' },
    { kind: 'rate', baud: 9_600 },
    ...life,
    ...life,
    { kind: 'mark', text: 'the line is bench 3' },
    { kind: 'rate', baud: 115_200 },
    ...life,
  ]);
});

test('a tape on which nothing was recorded leaves no file', () => {
  const { file, tape } = tapeInFolder();
  const clock = new VirtualClock();
  tape.link(memoryLinkPair(clock).host, { clock, baud: 0 });
  expect(fs.existsSync(file)).toBe(true);
  tape.close();
  expect(fs.existsSync(file)).toBe(false);
});
