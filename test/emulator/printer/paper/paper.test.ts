import { expect, test } from 'vitest';
import type { PaperOperation } from '../../../../src/emulator/printer/paper/operations.js';
import { Paper } from '../../../../src/emulator/printer/paper/paper.js';
import { fromRecord, toRecord } from '../../../../src/emulator/printer/paper/record.js';
import { pieceText } from '../../../../src/emulator/printer/paper/text.js';
import type { Storage } from '../../../../src/ports/storage.js';
import { Bench, hex, LINE_MS } from '../bench.js';

/** A file without a disk. */
class HandStorage implements Storage {
  readonly address = 'hand';
  content = Buffer.alloc(0);

  read(): Uint8Array {
    return this.content;
  }

  append(bytes: Uint8Array): void {
    this.content = Buffer.concat([this.content, bytes]);
  }

  sync(done: (error?: Error) => void): void {
    done();
  }

  truncate(length: number): void {
    this.content = this.content.subarray(0, length);
  }

  close(): void {}
}

const JOB = [
  hex('1b 61 01 1c 26'),
  '纸道咖啡馆\n',
  hex('1b 61 00'),
  'Total  12.80\n\n',
  hex('1d 76 30 00 01 00 02 00 ff 81'),
  hex('1d 28 6b 05 00 31 50 30 e4 b8 1d 28 6b 03 00 31 51 30'),
  hex('1d 56 42 00'),
  'next\n',
];

test('a piece is what lies between two cuts; the last one hangs in the printer', () => {
  const bench = new Bench({ timing: 'instant' }).send(...JOB);
  const { paper } = bench.printer;
  expect(paper.pieces.map((piece) => [piece.index, piece.cut, piece.lines, piece.empty])).toEqual([
    [0, 'partial', ['纸道咖啡馆', 'Total  12.80'], false],
    [1, undefined, ['next'], false],
  ]);
  expect(paper.current?.index).toBe(1);
  expect(paper.pieces[0]?.heightDots).toBe(30 + 30 + 30 + 2 + 63);
  expect(paper.pieces[0]?.heightMm).toBeCloseTo(155 / 8, 5);
});

test('a blank run before a cut is a piece too, marked empty', () => {
  const bench = new Bench({ timing: 'instant' }).send('\n\n', hex('1d 56 00'), 'a\n', hex('1d 56 00'), hex('1d 56 00'));
  expect(bench.printer.paper.pieces.map((piece) => [piece.empty, piece.heightDots])).toEqual([
    [true, 60],
    [false, 30],
    [true, 0],
  ]);
});

test('every operation knows the bytes that made it', () => {
  const bytes = Buffer.concat(['ab\n', hex('1b 64 02'), 'c', hex('1d 56 00')].map((part) => Buffer.from(part)));
  const bench = new Bench({ timing: 'instant' }).send(bytes);
  expect(
    bench.printer.paper.pieces[0]?.operations.map(({ op, from, to }) => [op, bytes.subarray(from, to).toString('hex')]),
  ).toEqual([
    ['line', '61620a'],
    ['feed', '1b6402'],
    ['line', '63'],
    ['cut', '1d5600'],
  ]);
});

test('paper that is kept is there again, with the piece that was not finished, and goes on', () => {
  const storage = new HandStorage();
  const first = new Bench({ timing: 'instant', storage }).send(...JOB);
  const again = new Bench({ timing: 'instant', storage });
  expect(again.printer.paper.pieces.map((piece) => piece.operations)).toEqual(
    first.printer.paper.pieces.map((piece) => piece.operations),
  );
  again.send('more\n', hex('1d 56 00'), 'new\n');
  const third = new Bench({ timing: 'instant', storage });
  expect(third.printer.paper.pieces.map((piece) => [...piece.lines])).toEqual([
    ['纸道咖啡馆', 'Total  12.80'],
    ['next', 'more'],
    ['new'],
  ]);
});

test('a line that was cut short by a power cut is on the paper afterwards', () => {
  const storage = new HandStorage();
  const bench = new Bench({ storage });
  bench.send('abcdef\n');
  bench.clock.advance(LINE_MS / 2);
  bench.printer.power(false);
  const again = new Bench({ storage });
  expect(again.lines).toEqual(['▔▔▔▔▔▔']);
});

test('a torn last record is a line that never came out; it is removed, and the next one is whole', () => {
  const storage = new HandStorage();
  new Bench({ timing: 'instant', storage }).send('a\nb\n');
  storage.truncate(storage.content.length - 5);
  const again = new Bench({ timing: 'instant', storage }).send('c\n');
  expect(again.lines).toEqual(['a', 'c']);
  expect(again.printer.paper.damagedRecords).toBe(0);
  expect(new Bench({ storage }).lines).toEqual(['a', 'c']);
});

test('records that are no records are counted and left out', () => {
  const storage = new HandStorage();
  new Bench({ timing: 'instant', storage }).send('a\n');
  storage.append(Buffer.from('{"op":"line","items":[{"kind":"text"}]}\nnonsense\n{"op":"feed","feedDots":"-1"}\n[]\n'));
  new Bench({ timing: 'instant', storage }).send('b\n');
  const again = new Bench({ storage });
  expect(again.lines).toEqual(['a', 'b']);
  expect(again.printer.paper.damagedRecords).toBe(4);
});

test('records are lines of JSON and come back as they were', () => {
  const operations: PaperOperation[] = [
    { op: 'cut', from: 1, to: 2, kind: 'full' },
    { op: 'feed', from: 1, to: 2, feedDots: 30 },
    {
      op: 'line',
      from: 0,
      to: 9,
      heightDots: 24,
      feedDots: 8,
      inkedDots: 8,
      upsideDown: true,
      items: [
        { kind: 'text', x: 0, text: '中\n"𠮷', cells: 4, style: 4096, advance: 24, lead: 1 },
        { kind: 'image', x: 5, widthDots: 8, heightDots: 2, scaleX: 1, scaleY: 2, rows: new Uint8Array([0xff, 0x81]) },
        { kind: 'qr', x: 0, data: '\0\xffä', level: 'M', version: 1, moduleDots: 6 },
      ],
    },
  ];
  for (const operation of operations) {
    const record = toRecord(operation);
    expect(record.indexOf('\n')).toBe(record.length - 1);
    expect(fromRecord(record)).toEqual(operation);
  }
  expect(new Paper({ widthDots: 576, dpi: 203 }).pieces).toEqual([]);
});

test('the text for a terminal keeps alignment and blank lines, and names codes and pictures', () => {
  const bench = new Bench({ timing: 'instant' }).send(
    hex('1b 61 01 1c 26'),
    '支付成功\n',
    hex('1b 61 02'),
    '12.80\n',
    hex('1b 61 00 1b 64 02'),
    hex('1d 76 30 00 01 00 30 00'),
    Buffer.alloc(48, 0xff),
    hex('1d 28 6b 07 00 31 50 30'),
    Buffer.from('支z'),
    hex('1d 28 6b 03 00 31 51 30'),
    'end\n',
  );
  bench.printer.site.jam(true);
  bench.send('no more\n');
  const piece = bench.printer.paper.pieces[0];
  expect(piece && pieceText(piece).split('\n')).toEqual([
    `${' '.repeat(20)}支付成功`,
    `${' '.repeat(43)}12.80`,
    '',
    '',
    '[picture]',
    '[QR 支z]',
    'end',
    '▔▔▔▔▔▔▔',
    '',
  ]);
});
