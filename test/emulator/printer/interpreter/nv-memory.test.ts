import { describe, expect, test } from 'vitest';
import { NvMemory } from '../../../../src/emulator/printer/interpreter/nv-memory.js';
import { Flash } from '../../../../src/ground/flash.js';
import { VirtualClock } from '../../../../src/ground/virtual-clock.js';
import { Bench, hex, instantBench } from '../bench.js';

const ascii = (text: string) => Buffer.from(text, 'latin1').toString('hex');

describe('FS g', () => {
  test('writes and reads bytes by address; what was not written is spaces', () => {
    const bench = instantBench().send(hex('1c 67 31 00 02 00 00 00 03 00 41 42 43'));
    expect(bench.ask('1c 67 32 00 00 00 00 00 06 00')).toBe(`5f${ascii('  ABC ')}00`);
  });

  test('outside the memory, or more than 80 bytes: nothing, and a warning', () => {
    const bench = instantBench().send(hex('1c 67 31 00 ff 03 00 00 02 00 41 42'));
    expect(bench.ask('1c 67 32 00 00 00 00 00 51 00')).toBe('');
    expect(bench.printer.warnings.map(({ command }) => command)).toEqual([
      'FS g 1: 2 bytes at 1023; the memory has 1024',
      'FS g 2: 81 bytes at 0; the memory has 1024',
    ]);
  });
});

describe('GS ( C', () => {
  const store = hex('1d 28 43 08 00 00 31 00 41 42 78 79 7a');

  test('stores a record under a key, sends and deletes it', () => {
    const bench = instantBench().send(store);
    expect(bench.ask('1d 28 43 05 00 00 32 00 41 42')).toBe(`377040${ascii('xyz')}00`);
    expect(bench.ask('1d 28 43 03 00 00 35 00')).toBe(`377140${ascii('AB')}00`);
    bench.send(hex('1d 28 43 05 00 00 30 00 41 42'));
    expect(bench.ask('1d 28 43 05 00 00 32 00 41 42')).toBe('37704000');
  });

  test('tells how much is used and free, and deletes all', () => {
    const bench = instantBench().send(store);
    expect(bench.ask('1d 28 43 03 00 00 33 00')).toBe(`3728${ascii('7')}00`);
    expect(bench.ask('1d 28 43 03 00 00 34 00')).toBe(`3729${ascii('1017')}00`);
    bench.send(hex('1d 28 43 06 00 00 36 00 43 4c 52'));
    expect(bench.ask('1d 28 43 03 00 00 33 00')).toBe(`3728${ascii('0')}00`);
  });

  test('a long record goes out in parts', () => {
    const bench = instantBench().send(hex('1d 28 43 69 00 00 31 00 41 42'), 'x'.repeat(100));
    expect(bench.ask('1d 28 43 05 00 00 32 00 41 42')).toBe(`377041${ascii('x'.repeat(80))}00`);
    expect(bench.ask('06')).toBe(`377040${ascii('x'.repeat(20))}00`);
  });
});

describe('GS ( E', () => {
  const BEGIN = '1d 28 45 03 00 01 49 4e';
  const END = hex('1d 28 45 04 00 02 4f 55 54');

  test('memory switches are set between IN and OUT only, and told as digits', () => {
    const set = hex('1d 28 45 0a 00 03 01 32 32 32 32 32 32 31 32');
    const ask = '1d 28 45 02 00 04 01';
    const bench = instantBench().send(set);
    expect(bench.ask(ask)).toBe(`3721${ascii('00000000')}00`);
    expect(bench.ask(BEGIN)).toBe('372000');
    bench.send(set, END, set);
    expect(bench.ask(ask)).toBe(`3721${ascii('00000010')}00`);
  });

  test('customised values and the serial line', () => {
    const bench = instantBench().send(
      hex(BEGIN),
      hex('1d 28 45 04 00 05 05 02 01 1d 28 45 06 00 0b 01 39 36 30 30'),
      END,
    );
    bench.answers();
    expect(bench.ask('1d 28 45 02 00 06 05')).toBe(`3727${ascii('5\x1f258')}00`);
    expect(bench.ask('1d 28 45 02 00 0c 01')).toBe(`3733${ascii('1\x1f9600')}00`);
  });
});

test('GS ( M saves settings, takes them back, and does so at switching on', () => {
  const bench = instantBench().send(hex('1b 61 01 1b 45 01 1d 28 4d 02 00 01 01 1b 40'), 'a\n');
  bench.send(hex('1d 28 4d 02 00 02 01'), 'b\n', hex('1d 28 4d 02 00 03 01 1b 40'), 'c\n');
  bench.printer.power(false);
  bench.printer.power(true);
  bench.send('d\n', hex('1d 28 4d 02 00 02 00'), 'e\n');
  const lines = bench.printer.paper.current?.wholeLines ?? [];
  expect(lines.map(({ items }) => items[0]).map((item) => (item?.x ?? 0) > 0)).toEqual([
    false,
    true,
    false,
    true,
    false,
  ]);
});

describe('a storage', () => {
  const DEFINE = hex('1d 28 4c 0d 00 30 43 30 41 42 01 08 00 01 00 31 ff 00');
  const LIST = '1d 28 4c 04 00 30 40 4b 43';

  test('keeps it beyond the life of the program; a torn last change did not happen', () => {
    const nvStorage = new Flash(new VirtualClock());
    new Bench({ timing: 'instant', nvStorage }).send(DEFINE, hex('1c 67 31 00 00 00 00 00 01 00 41'));
    expect(new Bench({ timing: 'instant', nvStorage }).ask(LIST)).toBe('377240414200');
    nvStorage.truncate(nvStorage.read().length - 3);
    const again = new Bench({ timing: 'instant', nvStorage });
    expect(again.ask(LIST)).toBe('377240414200');
    expect(again.ask('1c 67 32 00 00 00 00 00 01 00')).toBe('5f2000');
  });

  test('does not grow with changes that undo each other', () => {
    const storage = new Flash(new VirtualClock());
    const nv = new NvMemory({}, storage);
    for (let round = 0; round < 2_000; round++) nv.graphics.set('AB', new Uint8Array(500).fill(round));
    expect(storage.read().length).toBeLessThan(80_000);
    expect(new NvMemory({}, storage).graphics.get('AB')?.[0]).toBe(1_999 & 0xff);
  });
});

describe('GS ( A', () => {
  test('m 2 prints what the printer is, cuts, and leaves it as after ESC @', () => {
    const bench = instantBench().send(hex('1b 45 01'), 'x', hex('1d 28 41 02 00 00 02'), 'y\n');
    expect(bench.lines.slice(0, 3)).toEqual(['x', '*** SELF TEST ***', 'BENCH B-80']);
    expect(bench.printer.paper.pieces[0]?.cut).toBe('partial');
    expect(bench.printer.paper.current?.wholeLines[0]?.items).toMatchObject([{ text: 'y', style: 0 }]);
  });

  test('m 3 prints a rolling pattern', () => {
    const { lines } = instantBench().send(hex('1d 28 41 02 00 00 03'));
    expect(lines).toHaveLength(10);
    expect(lines[1]?.slice(0, 5)).toBe('!"#$%');
  });
});
