import { expect, test } from 'vitest';
import { z } from 'zod';
import { Flash } from '../../src/ground/flash.js';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { Shelf, type ShelfKind } from '../../src/till/shelf.js';

const CUP: ShelfKind<{ colour: string }> = { name: 'cup', schema: z.strictObject({ colour: z.string() }) };

test('what was put on a shelf is there when it is opened again, as it was put there last', () => {
  const clock = new VirtualClock();
  const flash = new Flash(clock);
  const shelf = new Shelf(flash);
  const kept: unknown[] = [];
  shelf.put(CUP, 'a', { colour: 'red' });
  shelf.put(CUP, 'b', { colour: 'white' });
  shelf.put(CUP, 'a', { colour: 'blue' }, (error) => kept.push(error));
  expect(kept).toEqual([]);
  clock.advance(0);
  expect(kept).toEqual([undefined]);
  const again = new Shelf(new Flash(clock, { content: flash.read() }));
  expect(again.all(CUP)).toEqual([{ colour: 'blue' }, { colour: 'white' }]);
  expect(again.get(CUP, 'c')).toBeUndefined();
});

test('a torn last line was never acknowledged, and is cut off', () => {
  const flash = new Flash(new VirtualClock(), {
    content: Buffer.from('{"kind":"cup","id":"a","value":{"colour":"red"}}\n{"ki'),
  });
  expect(new Shelf(flash).all(CUP)).toEqual([{ colour: 'red' }]);
  expect(flash.length).toBe(49);
});

test('a line that is none of a shelf is refused by its number', () => {
  const flash = new Flash(new VirtualClock(), { content: Buffer.from('{"kind":"cup"}\n') });
  expect(() => new Shelf(flash)).toThrow(/^What is kept for tills, flash, cannot be read at line 1: /);
});

test('a thing of another shape than its kind has is refused by its name', () => {
  const flash = new Flash(new VirtualClock(), { content: Buffer.from('{"kind":"cup","id":"a","value":{"size":3}}\n') });
  expect(() => new Shelf(flash).get(CUP, 'a')).toThrow('cup a');
});
