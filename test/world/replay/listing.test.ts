import { expect, test } from 'vitest';
import { RecordingListing } from '../../../src/world/replay/listing.js';

test('each record is a line, with time, direction, place, bytes and words', () => {
  const listing = new RecordingListing();
  let atUs = 0;
  const lines = (event: Parameters<RecordingListing['lines']>[0] extends infer E ? DistributiveOmit<E> : never) => {
    atUs += 1_500_250;
    return listing.lines({ ...event, atUs, offset: 0 });
  };
  type DistributiveOmit<E> = E extends unknown ? Omit<E, 'atUs' | 'offset'> : never;
  expect(lines({ kind: 'opened' })).toEqual(['    1.500250  O         opened']);
  expect(lines({ kind: 'toPrinter', bytes: Buffer.from('1b40cffbb7d10a1d2848060030306e4d604c', 'hex') })).toEqual([
    '    3.000500  >0        1b 40 cf fb b7 d1 0a 1d 28 48 06 00 30 30 6e 4d   ESC @ · "消费" · LF · GS ( H 06 00 30 30 6e 4d 60 4c',
    '    3.000500  >16       60 4c',
  ]);
  expect(lines({ kind: 'fromPrinter', bytes: Buffer.from('1337226e4d604c00', 'hex') })).toEqual([
    '    4.500750  <0        13 37 22 6e 4d 60 4c 00                           13 XOFF · GS ( H nM`L: 37 22 6e 4d 60 4c 00 printed to nM`L',
  ]);
  expect(lines({ kind: 'mark', text: '\x1b[31mphase: latency\n' })).toEqual([
    '    6.001000  M         [31mphase: latency',
  ]);
  expect(lines({ kind: 'rate', baud: 9_600 })).toEqual(['    7.501250  R         9600 baud']);
  expect(lines({ kind: 'lost', code: 'lost', message: '/dev/ttyUSB0 is gone' })).toEqual([
    '    9.001500  L         lost (lost): /dev/ttyUSB0 is gone',
  ]);
});

test('a reply that is cut by the end of a record stands where it ends', () => {
  const listing = new RecordingListing();
  const from = (hex: string) =>
    listing
      .lines({ kind: 'fromPrinter', bytes: Buffer.from(hex, 'hex'), atUs: 0, offset: 0 })
      .map((line) => line.slice(14));
  expect(from('5f41')).toEqual(['<0        5f 41']);
  expect(from('4200')).toEqual([`<2        42 00${' '.repeat(45)}5f 41 42 00 "AB"`]);
});
