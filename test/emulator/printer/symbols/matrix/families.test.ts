import { describe, expect, test } from 'vitest';
import { type Bench, hex, instantBench } from '../../bench.js';
import { matrix, scan } from '../support.js';

/** Stores and prints. */
function symbol(cn: number, data: string | Uint8Array): Buffer {
  return Buffer.concat([matrix(cn, 80, 48, data), matrix(cn, 81, 48)]);
}

function size(bench: Bench): [number, number] | undefined {
  const [line] = bench.printer.paper.current?.wholeLines ?? [];
  const [item] = line?.items ?? [];
  return item?.kind === 'matrix' ? [item.widthDots, item.heightDots] : undefined;
}

const ALL_BYTES = Buffer.from([...Array(256).keys()].map((index) => (index * 131 + 0x82) & 0xff));
const TEXTS: readonly [string, Buffer][] = [
  ['capitals', Buffer.from('TESTING 123')],
  ['mixed text', Buffer.from('Testing 123, <a@b.example> {x}; it\'s "ok"\r\n\tEnd?')],
  ['digits', Buffer.from('00112233445566778899'.repeat(4))],
  ['text and digits', Buffer.from('No. 00112233445566778899 / 1,50 EUR; ref 12345678901234567890123456789')],
  ['Chinese', Buffer.from('订单 20260101 ￥12.80')],
  ['all bytes', ALL_BYTES],
  ['a byte between text', Buffer.from('Gr\xfc\xdfe aus K\xf6ln; 3\xbd', 'latin1')],
];

describe('PDF417 reads back', () => {
  test.each(TEXTS)('%s', async (_, data) => {
    const bench = instantBench().send(matrix(48, 67, 2), symbol(48, data));
    expect(bench.printer.warnings).toEqual([]);
    expect(await scan(bench)).toMatchObject([{ format: 'PDF417', bytes: data }]);
  });

  test.each<[string, Buffer, number, number]>([
    ['1 column', matrix(48, 65, 1), 17 + 69, 0],
    ['5 columns', matrix(48, 65, 5), 5 * 17 + 69, 0],
    ['4 columns, 20 rows', Buffer.concat([matrix(48, 65, 4), matrix(48, 66, 20)]), 4 * 17 + 69, 20],
    ['10 rows', matrix(48, 66, 10), 0, 10],
    ['truncated', matrix(48, 70, 1), 0, 0],
    ['level 5', matrix(48, 69, 48, 53), 0, 0],
    ['400 %', matrix(48, 69, 49, 40), 0, 0],
  ])('%s', async (_, command, columns, rows) => {
    const bench = instantBench().send(matrix(48, 67, 2), command, symbol(48, 'Testing 123'));
    const [widthDots, heightDots] = size(bench) ?? [0, 0];
    if (columns > 0) expect(widthDots).toBe(columns * 2);
    if (rows > 0) expect(heightDots).toBe(rows * 3 * 2);
    expect((await scan(bench))[0]?.text).toBe('Testing 123');
  });

  test('a module of 2 to 8 dots, a row of 2 to 8 modules; by default 3 and 3', () => {
    // One codeword, one that tells how many there are, four of correction: six rows of one column.
    const dots = (...commands: Buffer[]) => size(instantBench().send(matrix(48, 65, 1), ...commands, symbol(48, 'x')));
    expect(dots()).toEqual([86 * 3, 6 * 3 * 3]);
    expect(dots(matrix(48, 67, 2), matrix(48, 68, 8))).toEqual([86 * 2, 6 * 8 * 2]);
    const ignored = [matrix(48, 67, 9), matrix(48, 68, 1), matrix(48, 65, 31), matrix(48, 66, 2)];
    expect(dots(...ignored)).toEqual(dots());
  });

  test.each<[string, Buffer, string]>([
    ['too wide', matrix(48, 65, 30), 'the symbol is larger than the printing area'],
    ['too few rows', Buffer.concat([matrix(48, 65, 1), matrix(48, 66, 3)]), 'more data than it can hold'],
    ['too many codewords', matrix(48, 80, 48, '7'.repeat(3_000)), 'more data than it can hold'],
  ])('%s: it is not printed', (_, command, reason) => {
    const bench = instantBench().send(matrix(48, 80, 48, 'Testing 123'), command, matrix(48, 81, 48));
    expect(bench.printer.counters.lines).toBe(0);
    expect(bench.printer.warnings).toMatchObject([{ command: `GS ( k <Function 081>: ${reason}` }]);
  });
});

describe('Aztec reads back', () => {
  test.each(TEXTS)('%s', async (_, data) => {
    const bench = instantBench().send(symbol(53, data));
    expect(await scan(bench)).toMatchObject([{ format: 'Aztec', bytes: data }]);
  });

  test.each<[string, Buffer, number]>([
    ['full, 4 layers', matrix(53, 66, 0, 4), 31],
    ['compact, 3 layers', matrix(53, 66, 1, 3), 23],
    ['compact', matrix(53, 66, 49, 0), 19],
  ])('%s', async (_, command, modules) => {
    const bench = instantBench().send(matrix(53, 67, 4), command, symbol(53, 'Testing 123'));
    expect(size(bench)).toEqual([modules * 4, modules * 4]);
    expect((await scan(bench))[0]?.text).toBe('Testing 123');
  });
});

describe('DataMatrix reads back', () => {
  test.each(TEXTS)('%s', async (_, data) => {
    const bench = instantBench().send(symbol(54, data));
    expect(await scan(bench)).toMatchObject([{ format: 'DataMatrix', bytes: data }]);
  });

  test.each<[string, Buffer, number, number]>([
    ['as small as can be', matrix(54, 66, 0, 0, 0), 14, 14],
    ['square of 24', matrix(54, 66, 48, 24, 24), 24, 24],
    ['rectangular', matrix(54, 66, 1, 0, 0), 32, 8],
    ['8 by 32', matrix(54, 66, 49, 8, 32), 32, 8],
    ['16 by 48', matrix(54, 66, 49, 48, 16), 48, 16],
  ])('%s', async (_, command, columns, rows) => {
    const bench = instantBench().send(matrix(54, 67, 5), command, symbol(54, 'Test 123456'));
    expect(size(bench)).toEqual([columns * 5, rows * 5]);
    expect((await scan(bench))[0]?.text).toBe('Test 123456');
  });
});

describe('Micro QR reads back', () => {
  const micro = matrix(49, 65, 51, 0);
  test.each([
    ['12345', 48, 13],
    ['ABC123', 48, 13],
    ['12345678901', 49, 15],
    ['Testing 123', 48, 17],
    ['abc', 50, 17],
  ])('%j at level %i', async (data, level, modules) => {
    const bench = instantBench().send(micro, matrix(49, 67, 6), matrix(49, 69, level), symbol(49, data));
    expect(size(bench)).toEqual([modules * 6, modules * 6]);
    expect(await scan(bench)).toMatchObject([{ format: 'MicroQRCode', text: data }]);
  });

  test('level H, or too much, is not printed', () => {
    const bench = instantBench().send(
      micro,
      matrix(49, 69, 51),
      symbol(49, '1'),
      matrix(49, 69, 48),
      symbol(49, 'x'.repeat(16)),
    );
    expect(bench.printer.counters.lines).toBe(0);
    expect(bench.printer.warnings).toHaveLength(2);
  });
});

test('QR model 1 is printed as model 2, and named', async () => {
  const bench = instantBench().send(matrix(49, 65, 49, 0), symbol(49, 'Testing 123'));
  expect(bench.printer.warnings).toMatchObject([{ command: 'GS ( k <Function 181>: model 1 is printed as model 2' }]);
  expect(await scan(bench)).toMatchObject([{ format: 'QRCode', text: 'Testing 123' }]);
});

describe('MaxiCode', () => {
  test.each<[number, string, string]>([
    [50, '152382802\x1d840\x1d001\x1dTESTING', 'TESTING'],
    [51, 'B1050\x1d056\x1d999\x1dTESTING', 'TESTING'],
    [52, 'Testing 123', 'Testing 123'],
    [53, 'Testing 123', 'Testing 123'],
  ])('mode %i reads back', async (mode, data, found) => {
    const bench = instantBench().send(matrix(50, 65, mode), symbol(50, data));
    expect(bench.printer.warnings).toEqual([]);
    const [code] = await scan(bench);
    expect(code?.format).toBe('MaxiCode');
    expect(code?.text).toContain(found);
  });

  test('28 by 27 mm, whatever it holds', () => {
    expect(size(instantBench().send(matrix(50, 65, 52), symbol(50, 'x')))).toEqual([210, 200]);
  });

  test('mode 2 wants a postal code of digits, a country and a class', () => {
    const bench = instantBench().send(symbol(50, 'no postal code'));
    expect(bench.printer.warnings).toMatchObject([{ command: 'GS ( k <Function 281>: data that it cannot hold' }]);
  });
});

describe('GS1 DataBar, stacked', () => {
  test.each<[number, string, string, [number, number]]>([
    [72, '2001234567890', '(01)20012345678909', [50, 13]],
    [73, '2001234567890', '(01)20012345678909', [50, 69]],
    [76, '(01)98898765432106(3202)012345(15)991231', '(01)98898765432106(3202)012345(15)991231', [53, 145]],
    [76, '01988987654321063202012345', '(01)98898765432106(3202)012345', [53, 145]],
  ])('kind %i', async (kind, data, read, modules) => {
    const bench = instantBench().send(matrix(51, 67, 3), matrix(51, 80, 48, kind, data), matrix(51, 81, 48));
    expect(size(bench)).toEqual(modules.map((count) => count * 3));
    expect((await scan(bench))[0]?.text).toBe(read);
  });

  test('Function 371 makes an expanded one wider: 155 modules take three pairs', async () => {
    const data = '(01)98898765432106(3202)012345(15)991231';
    const bench = instantBench().send(matrix(51, 71, 55, 1), matrix(51, 80, 48, 76, data), matrix(51, 81, 48));
    expect(size(bench)?.[0]).toBe(151 * 2);
    expect((await scan(bench))[0]?.text).toBe(data);
  });
});

describe('composite', () => {
  const LINEAR: readonly [number, string, number, string][] = [
    [65, '1234567', 72, '12345670'],
    [66, '952012345678', 99, '9520123456788'],
    [67, '01234567890', 99, '0012345678905'],
    [68, '123456', 55, '0012345000065'],
    [69, '04210000526', 55, '0042100005264'],
    [70, '2001234567890', 100, '(01)20012345678909'],
    [71, '2001234567890', 100, '(01)20012345678909'],
    [72, '2001234567890', 56, '(01)20012345678909'],
    [73, '2001234567890', 56, '(01)20012345678909'],
    [74, '1501234567890', 79, '(01)15012345678907'],
    [75, '0195012345678903', 134, '(01)95012345678903'],
    [76, '0195012345678903', 134, '(01)95012345678903'],
    [77, '0195012345678903', 0, '(01)95012345678903'],
  ];

  test.each(LINEAR)('linear component %i reads back below the other', async (kind, data, columns, read) => {
    const bench = instantBench().send(
      matrix(52, 80, 48, 48, kind, data),
      matrix(52, 80, 48, 49, 65, '(17)200101(10)AB'),
      matrix(52, 71, 0, 2),
      matrix(52, 81, 48),
    );
    expect(bench.printer.warnings).toEqual([]);
    if (columns > 0) expect(size(bench)?.[0]).toBe(columns * 2);
    const codes = await scan(bench);
    expect(codes.map((code) => code.text)).toContain(read);
  });

  test('one component alone is not printed', () => {
    const bench = instantBench().send(matrix(52, 80, 48, 48, 66, '952012345678'), matrix(52, 81, 48));
    expect(bench.printer.warnings).toMatchObject([{ command: 'GS ( k <Function 481>: a component is not stored' }]);
  });
});

describe('the symbol storage area', () => {
  test.each([48, 49, 50, 51, 52, 53, 54])('cn %i: nothing stored, nothing printed', (cn) => {
    const bench = instantBench().send(matrix(cn, 81, 48), 'x\n');
    expect(bench.lines).toEqual(['x']);
    expect(bench.printer.counters.lines).toBe(1);
    expect(bench.printer.warnings).toHaveLength(1);
  });

  test('there is one: what is stored for another kind takes its place', () => {
    const bench = instantBench().send(matrix(48, 80, 48, 'a'), matrix(49, 80, 48, 'b'), matrix(48, 81, 48));
    expect(bench.printer.counters.lines).toBe(0);
  });

  test.each(['ESC @', 'power'])('%s forgets it', (how) => {
    const bench = instantBench().send(matrix(48, 80, 48, 'a'));
    if (how === 'ESC @') bench.send(hex('1b 40'));
    else {
      bench.printer.power(false);
      bench.printer.power(true);
    }
    bench.send(matrix(48, 81, 48));
    expect(bench.printer.counters.lines).toBe(0);
  });

  test('what is too long is not stored', () => {
    const bench = instantBench().send(symbol(50, 'x'.repeat(139)));
    expect(bench.printer.warnings.map(({ command }) => command)).toEqual([
      'GS ( k <Function 280>: 139 bytes',
      'GS ( k <Function 281>: nothing is stored',
    ]);
  });

  test.each([
    [48, '2f', [258, 54], 'x', matrix(48, 65, 1)],
    [49, '36', [63, 63], 'x', Buffer.alloc(0)],
    [50, '37', [210, 200], 'x', matrix(50, 65, 52)],
    [53, '51', [93, 93], 'x', Buffer.alloc(0)],
    [54, '52', [30, 30], 'x', Buffer.alloc(0)],
  ] as const)(
    'cn %i, fn 82 answers 37 %s, width, 1F, height, 1F 31 1F 30 NUL',
    (cn, identifier, dots, data, command) => {
      const bench = instantBench().send(command, matrix(cn, 80, 48, data));
      const sizes = dots.map((dot) => `${Buffer.from(String(dot)).toString('hex')}1f`).join('');
      expect(bench.ask(matrix(cn, 82, 48).toString('hex'))).toBe(`37${identifier}${sizes}311f3000`);
    },
  );

  test('fn 82 says 31 when it cannot be printed: nothing stored, or too wide', () => {
    const bench = instantBench();
    expect(bench.ask('1d 28 6b 03 00 30 52 30')).toBe('372f301f301f311f3100');
    bench.send(matrix(49, 67, 16), matrix(49, 80, 48, 'x'.repeat(200)));
    expect(bench.ask('1d 28 6b 03 00 31 52 30')).toMatch(/^3736.*311f3100$/);
  });

  test('centred with ESC a', () => {
    const bench = instantBench().send(hex('1b 61 01'), symbol(54, 'x'));
    expect(bench.printer.paper.current?.wholeLines[0]?.items[0]?.x).toBe((576 - 30) >> 1);
  });

  test('in page mode, turned', async () => {
    const bench = instantBench().send(hex('1b 4c 1b 54 03 1d 24 c8 00'), symbol(54, 'on a page'), hex('0c'));
    expect((await scan(bench))[0]?.text).toBe('on a page');
  });
});
