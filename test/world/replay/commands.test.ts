import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPrinterProfile } from '../../../src/world/devices.js';
import { Rendering } from '../../../src/world/render.js';
import { CommandReader, type StreamItem } from '../../../src/world/replay/commands.js';
import { ANY_COMMAND } from '../../emulator/printer/interpreter/any-command.js';

const said = (bytes: Buffer) =>
  new CommandReader()
    .feed(bytes)
    .map(({ what, name, args, from }) => `${from} ${what} ${name} ${Buffer.from(args).toString('hex')}`);

test('a stream is taken apart by the command table', () => {
  const job = Buffer.concat([
    Buffer.from('1b40', 'hex'),
    Buffer.from('Cafe'),
    Buffer.from('0a1d7630000100020000ff1d48021dff071b4401020004', 'hex'),
  ]);
  expect(said(job)).toEqual([
    '0 command ESC @ ',
    `2 text  ${Buffer.from('Cafe').toString('hex')}`,
    '6 command LF ',
    '7 command GS v 0 0001000200',
    '17 command GS H 02',
    '20 unknown  1dff',
    '22 unknown  07',
    '23 command ESC D 010200',
    '28 unknown  04',
  ]);
});

const NOISE = fc.oneof(
  ANY_COMMAND,
  fc.string({ maxLength: 20 }).map((text) => Buffer.from(text, 'latin1')),
  fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
);

test('any split gives the same items, but for where text ends', () => {
  fc.assert(
    fc.property(fc.array(NOISE, { maxLength: 8 }), fc.integer({ min: 1, max: 40 }), (parts, chunkBytes) => {
      const job = Buffer.concat(parts);
      const reader = new CommandReader();
      const items: StreamItem[] = [];
      for (let at = 0; at < job.length; at += chunkBytes) items.push(...reader.feed(job.subarray(at, at + chunkBytes)));
      expect(reader.offset).toBe(job.length);
      const others = (all: readonly StreamItem[]) => all.filter(({ what }) => what !== 'text');
      expect(others(items)).toEqual(others(new CommandReader().feed(job)));
    }),
  );
});

test('it knows as unknown what the emulated printer does not know either', () => {
  const profile = readPrinterProfile('epson-tm-m30');
  // Neither macros, which the printer takes apart again, nor what it does without some bytes: clearing, selecting another.
  const plain = ANY_COMMAND.filter((bytes) => !/^1d3a|^1d5e|^1014|^1005|^1b3d/.test(bytes.toString('hex')));
  fc.assert(
    fc.property(fc.array(plain, { maxLength: 6 }), (parts) => {
      const job = Buffer.concat(parts);
      if (job.includes(Buffer.of(0x1d, 0x3a)) || job.includes(Buffer.of(0x1b, 0x3d)) || job.includes(0x10)) return;
      const rendering = new Rendering({ profile, paper() {} });
      rendering.feed(job);
      const { unknown } = rendering.finish();
      const offsets = new Set<number>();
      for (const { offset, hex } of unknown) for (let i = 0; i < hex.length / 2; i++) offsets.add(offset + i);
      for (const { what, from } of new CommandReader().feed(job))
        if (what === 'unknown') expect(offsets).toContain(from);
    }),
    { numRuns: 300 },
  );
});
