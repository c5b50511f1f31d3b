import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../../src/emulator/printer/interpreter/table.js';
import { hex, instantBench } from '../bench.js';

/** Every command that the emulated printer is to have, as the manuals call them. */
const LIST = [
  'HT, LF, FF, CR, CAN',
  'ESC SP, ESC !, ESC $, ESC %, ESC &, ESC *, ESC -, ESC 2, ESC 3, ESC =, ESC ?, ESC @, ESC D, ESC E, ESC G, ESC J, ESC K',
  'ESC L, ESC M, ESC R, ESC S, ESC T, ESC U, ESC V, ESC W, ESC \\, ESC a, ESC c 3, ESC c 4, ESC c 5, ESC d, ESC e, ESC i',
  'ESC m, ESC p, ESC r, ESC t, ESC u, ESC v, ESC {, ESC FF, ESC ( A, ESC ( Y',
  'FS !, FS &, FS -, FS ., FS ?, FS C, FS 2, FS S, FS W, FS g 1, FS g 2, FS q, FS p, FS ( A, FS ( C, FS ( E, FS ( L',
  'GS !, GS $, GS ( A, GS ( B, GS ( C, GS ( D, GS ( E, GS ( H, GS ( K, GS ( L, GS ( M, GS ( N, GS ( P, GS ( Q, GS ( V',
  'GS ( Y, GS ( k, GS ( z, GS *, GS /, GS :, GS B, GS C 0, GS C 1, GS C 2, GS C ;, GS E, GS H, GS I, GS L, GS P, GS Q 0',
  'GS T, GS V, GS W, GS \\, GS ^, GS a, GS b, GS c, GS f, GS g 0, GS g 2, GS h, GS j, GS k, GS r, GS v 0, GS w, GS z 0',
  'GS 8 L, DLE EOT, DLE ENQ, DLE DC4',
].flatMap((line) => line.split(', '));

describe('the table of commands', () => {
  const names = COMMANDS.map((command) => command.name);

  test.each(LIST)('has %s', (name) => {
    expect(names).toContain(name);
  });

  test('has each command once, and each with something to do or a reason in its place', () => {
    expect(new Set(names).size).toBe(names.length);
  });
});

test('NUL stands for nothing, and is no unknown byte', () => {
  const bench = instantBench().send('a', hex('00'), 'b', hex('00 00'), '\n');
  expect(bench.lines).toEqual(['ab']);
  expect(bench.printer.unknown).toEqual([]);
});
