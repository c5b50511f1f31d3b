import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../../../src', import.meta.url));

/** Every file of src that can be reached from one by imports, types among them. */
function reachable(from: string, seen = new Set<string>()): Set<string> {
  if (seen.has(from)) return seen;
  seen.add(from);
  for (const [, path = ''] of readFileSync(from, 'utf8').matchAll(/from '(\.[^']+)\.js'/g)) {
    const file = join(dirname(from), `${path}.ts`);
    expect(existsSync(file), file).toBe(true);
    reachable(file, seen);
  }
  return seen;
}

test('a verdict sees what a terminal can see: from it neither the faults nor the emulators can be reached', () => {
  const rooms = [...reachable(join(SRC, 'terminal', 'verdict', 'verdict.ts'))].map((file) => relative(SRC, file));
  expect(rooms.length).toBeGreaterThan(15);
  expect([...new Set(rooms.map((file) => file.split('/')[0]))].sort()).toEqual(['base', 'ports', 'terminal']);
});

test('nor from anything else of the terminal', () => {
  const rooms = [...reachable(join(SRC, 'terminal', 'terminal.ts'))].map((file) => relative(SRC, file).split('/')[0]);
  expect([...new Set(rooms)].sort()).toEqual(['base', 'ports', 'terminal']);
});

test('this test follows imports: from a world all of them are reached', () => {
  const rooms = [...reachable(join(SRC, 'world', 'world.ts'))].map((file) => relative(SRC, file).split('/')[0]);
  expect(rooms).toEqual(expect.arrayContaining(['faults', 'emulator', 'terminal']));
});
