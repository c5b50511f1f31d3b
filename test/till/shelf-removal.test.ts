import { expect, test } from 'vitest';
import { z } from 'zod';
import { Flash } from '../../src/ground/flash.js';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { Shelf } from '../../src/till/shelf.js';

const THING = { name: 'thing', schema: z.strictObject({ n: z.int() }) };

test('what is removed from a shelf is gone, also from what is read back; put there again it is the newest', () => {
  const clock = new VirtualClock();
  const flash = new Flash(clock);
  const shelf = new Shelf(flash);
  shelf.put(THING, 'a', { n: 1 });
  shelf.put(THING, 'b', { n: 2 });
  shelf.remove(THING, 'a');
  shelf.remove(THING, 'never there');
  expect(shelf.get(THING, 'a')).toBeUndefined();
  shelf.put(THING, 'a', { n: 3 });
  shelf.remove(THING, 'b');
  shelf.put(THING, 'b', { n: 4 });
  const entries = [
    ['a', { n: 3 }],
    ['b', { n: 4 }],
  ];
  expect(shelf.entries(THING)).toEqual(entries);
  clock.advance(0);
  expect(new Shelf(new Flash(clock, { content: flash.read() })).entries(THING)).toEqual(entries);
  expect(Buffer.from(flash.read()).toString().trim().split('\n')).toHaveLength(6);
});
