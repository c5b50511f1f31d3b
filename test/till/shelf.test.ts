import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PaperjamError } from '../../src/base/errors.js';
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

const line = (id: string, value: object | null) => `${JSON.stringify({ kind: 'cup', id, value })}\n`;

describe('a shelf of which most lines count no more', () => {
  const OLD = [
    line('a', { colour: 'red' }),
    line('b', { colour: 'red' }),
    line('a', { colour: 'blue' }),
    line('b', null),
  ];

  test('is written anew when it is opened, and holds the same in the same order', () => {
    const clock = new VirtualClock();
    const again = line('b', { colour: 'white' }) + line('a', { colour: 'green' });
    const flash = new Flash(clock, { content: Buffer.from(OLD.join('') + again) });
    const entries = [
      ['a', { colour: 'green' }],
      ['b', { colour: 'white' }],
    ];
    expect(new Shelf(flash).entries(CUP)).toEqual(entries);
    expect(Buffer.from(flash.read()).toString()).toBe(line('a', { colour: 'green' }) + line('b', { colour: 'white' }));
    expect(flash.syncedLength).toBe(flash.length);
    const shelf = new Shelf(flash);
    shelf.put(CUP, 'c', { colour: 'black' });
    expect(new Shelf(flash).entries(CUP)).toEqual([...entries, ['c', { colour: 'black' }]]);
  });

  test('stays as it is while half of them do', () => {
    const content = Buffer.from(
      OLD.slice(0, 3).join('') + line('c', { colour: 'red' }) + line('c', { colour: 'blue' }),
    );
    const flash = new Flash(new VirtualClock(), { content });
    expect(new Shelf(flash).all(CUP)).toHaveLength(3);
    expect(Buffer.from(flash.read())).toEqual(content);
  });

  test('holds the same when it cannot be written anew', () => {
    const content = Buffer.from(OLD.join(''));
    const flash = new Flash(new VirtualClock(), { content });
    flash.replace = () => {
      throw new PaperjamError('PJ_STORAGE_FULL', { path: 'flash', bytes: 1 });
    };
    expect(new Shelf(flash).entries(CUP)).toEqual([['a', { colour: 'blue' }]]);
    expect(Buffer.from(flash.read())).toEqual(content);
  });

  test('does not grow, however often its things change and it is opened', () => {
    const clock = new VirtualClock();
    let content: Uint8Array = new Uint8Array(0);
    for (let start = 0; start < 20; start++) {
      const flash = new Flash(clock, { content });
      const shelf = new Shelf(flash);
      for (let n = 0; n < 50; n++) shelf.put(CUP, `${n % 5}`, { colour: `${start}` });
      content = flash.read();
      expect(content.length).toBeLessThan(100 * line('0', { colour: '10' }).length);
      expect(shelf.all(CUP)).toEqual(Array(5).fill({ colour: `${start}` }));
    }
  });
});
