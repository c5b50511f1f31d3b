import { expect, test } from 'vitest';
import { Bench, hex } from './bench.js';

/** Each state, and each pair of states, is in `states.test.ts`. */
test('everything at once sets every bit', () => {
  const bench = new Bench();
  bench.printer.site.jam(true);
  bench.send('x\n');
  const { printer } = bench;
  printer.site.coverOpen(true);
  printer.site.paperOut(true);
  printer.site.paperNearEnd(true);
  printer.site.overheat(true);
  printer.site.unrecoverable(true);
  printer.drawerPin(true);
  expect(bench.ask('10 04 01 10 04 02 10 04 03 10 04 04')).toBe('1e76767e');
  const told = new Bench();
  told.ask('1d 61 ff');
  told.printer.site.coverOpen(true);
  told.printer.site.paperOut(true);
  told.printer.site.paperNearEnd(true);
  told.printer.site.overheat(true);
  told.printer.site.unrecoverable(true);
  told.printer.drawerPin(true);
  expect(told.answers().slice(-8)).toBe('3c600f00');
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
