import { expect, test } from 'vitest';
import { Bench, hex } from './bench.js';

const DLE_EOT = ['10 04 01', '10 04 02', '10 04 03', '10 04 04'];

/** The bytes of the TM-T88III, SRP-350 and TP80K manuals: DLE EOT 1 to 4, and the four bytes of Automatic Status Back. */
const STATES: readonly {
  name: string;
  bring: (bench: Bench) => void;
  realTime: [string, string, string, string];
  automatic: string;
}[] = [
  { name: 'all clear', bring: () => {}, realTime: ['12', '12', '12', '12'], automatic: '10000000' },
  {
    name: 'drawer pin 3 high',
    bring: (bench) => bench.printer.drawerPin(true),
    realTime: ['16', '12', '12', '12'],
    automatic: '14000000',
  },
  {
    name: 'paper out',
    bring: (bench) => bench.printer.site.paperOut(true),
    realTime: ['1a', '32', '12', '72'],
    automatic: '18000c00',
  },
  {
    name: 'cover open',
    bring: (bench) => bench.printer.site.coverOpen(true),
    realTime: ['1a', '16', '12', '12'],
    automatic: '38000000',
  },
  { name: 'jam', bring: jam, realTime: ['1a', '52', '16', '12'], automatic: '18040000' },
  {
    name: 'paper out and cover open',
    bring: (bench) => {
      bench.printer.site.paperOut(true);
      bench.printer.site.coverOpen(true);
    },
    realTime: ['1a', '36', '12', '72'],
    automatic: '38000c00',
  },
  {
    name: 'jam and paper out',
    bring: (bench) => {
      jam(bench);
      bench.printer.site.paperOut(true);
    },
    realTime: ['1a', '72', '16', '72'],
    automatic: '18040c00',
  },
  {
    name: 'jam, cover opened to clear it',
    bring: (bench) => {
      jam(bench);
      bench.printer.site.coverOpen(true);
    },
    realTime: ['1a', '56', '16', '12'],
    automatic: '38040000',
  },
  {
    name: 'cover open with the drawer pin high',
    bring: (bench) => {
      bench.printer.site.coverOpen(true);
      bench.printer.drawerPin(true);
    },
    realTime: ['1e', '16', '12', '12'],
    automatic: '3c000000',
  },
  {
    name: 'everything at once',
    bring: (bench) => {
      jam(bench);
      bench.printer.site.coverOpen(true);
      bench.printer.site.paperOut(true);
      bench.printer.drawerPin(true);
    },
    realTime: ['1e', '76', '16', '72'],
    automatic: '3c040c00',
  },
];

/** A jam shows when the paper has to move. */
function jam(bench: Bench): void {
  bench.printer.site.jam(true);
  bench.send('x\n');
}

for (const { name, bring, realTime, automatic } of STATES) {
  test(`${name}: DLE EOT 1 to 4 answer ${realTime.join(' ')}`, () => {
    const bench = new Bench();
    bring(bench);
    expect(DLE_EOT.map((request) => bench.ask(request))).toEqual(realTime);
  });

  test(`${name}: Automatic Status Back says ${automatic}`, () => {
    const bench = new Bench();
    expect(bench.ask('1d 61 ff')).toBe('10000000');
    bring(bench);
    const told = bench.answers();
    expect(told.length % 8).toBe(0);
    expect(told.slice(-8)).toBe(name === 'all clear' ? '' : automatic);
  });
}

test('a real TM printer without a drawer answers 16 to ESC @ ESC = 1 DLE EOT 1', () => {
  const bench = new Bench();
  bench.printer.drawerPin(true);
  expect(bench.ask('1b 40 1b 3d 01 10 04 01')).toBe('16');
});

test('DLE EOT with another n answers nothing', () => {
  const bench = new Bench();
  expect(bench.ask('10 04 00 10 04 05 10 04 07 01 10 04 12 01')).toBe('');
});

test('GS r 1 answers 00, GS r 2 the drawer pin; both also with n in digits', () => {
  const bench = new Bench();
  expect(bench.ask('1d 72 01')).toBe('00');
  expect(bench.ask('1d 72 31')).toBe('00');
  expect(bench.ask('1d 72 02')).toBe('00');
  bench.printer.drawerPin(true);
  expect(bench.ask('1d 72 02')).toBe('01');
  expect(bench.ask('1d 72 32')).toBe('01');
  expect(bench.ask('1d 72 07')).toBe('');
});

test.each(['paperOut', 'coverOpen'] as const)('GS r 1 sent while %s is answered when the printer is back', (fault) => {
  const bench = new Bench();
  bench.printer.site[fault](true);
  expect(bench.ask('1d 72 01')).toBe('');
  bench.printer.site[fault](false);
  expect(bench.answers()).toBe('00');
});

test('Automatic Status Back tells of the chosen changes only, and each time of everything', () => {
  const bench = new Bench();
  expect(bench.ask('1d 61 08')).toBe('10000000'); // Paper only.
  bench.printer.site.coverOpen(true);
  expect(bench.answers()).toBe('');
  bench.printer.site.paperOut(true);
  expect(bench.answers()).toBe('38000c00');
  bench.printer.site.paperOut(true); // No change.
  expect(bench.answers()).toBe('');
  bench.printer.site.paperOut(false);
  expect(bench.answers()).toBe('38000000');
});

test('GS a 0 turns Automatic Status Back off, and so does ESC @', () => {
  for (const off of ['1d 61 00', '1b 40']) {
    const bench = new Bench();
    bench.ask('1d 61 ff');
    expect(bench.ask(off)).toBe('');
    bench.printer.site.paperOut(true);
    expect(bench.answers()).toBe('');
  }
});

test('Automatic Status Back also works while ESC = has deselected the printer', () => {
  const bench = new Bench();
  bench.ask('1d 61 ff 1b 3d 02');
  bench.printer.site.paperOut(true);
  expect(bench.answers()).toBe('18000c00');
});

test('GS I answers one byte for 1 to 3 and a block from 65 on', () => {
  const bench = new Bench({
    profile: {
      identity: { modelId: 0x30, versionId: 0x02, firmware: '1.05', serial: 'X4', language: 'CHINA GB18030' },
    },
  });
  expect(bench.ask('1d 49 01')).toBe('20'); // Bit 4 is always 0.
  expect(bench.ask('1d 49 31')).toBe('20');
  expect(bench.ask('1d 49 02')).toBe('03'); // Two-byte characters, cutter.
  expect(bench.ask('1d 49 03')).toBe('02');
  expect(bench.ask('1d 49 41')).toBe(hex('5f 312e3035 00').toString('hex'));
  expect(bench.ask('1d 49 42')).toBe(`5f${Buffer.from('BENCH').toString('hex')}00`);
  expect(bench.ask('1d 49 43')).toBe(`5f${Buffer.from('B-80').toString('hex')}00`);
  expect(bench.ask('1d 49 44')).toBe('5f583400');
  expect(bench.ask('1d 49 45')).toBe(`5f${Buffer.from('CHINA GB18030').toString('hex')}00`);
  expect(bench.ask('1d 49 63')).toBe('');
});
