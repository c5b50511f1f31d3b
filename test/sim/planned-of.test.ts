import { expect, test } from 'vitest';
import { FIXTURE } from '../../src/fixture/language/fixture.js';
import { plannedOf } from '../../src/sim/planned-of.js';

test('a fixture without a file is a run like any other', () => {
  const fixture = FIXTURE.parse({
    title: { zh: '甲', en: 'a' },
    seed: 9,
    device: 'sunmi-58',
    steps: [{ sell: { fen: 1 } }],
  });
  const planned = plannedOf(fixture, 'seed 9');
  expect(planned).toMatchObject({ id: 'seed 9', file: 'seed 9', fixture, parameters: {}, seed: 9, device: 'sunmi-58' });
  expect(planned.place(['steps', 0])).toEqual({ line: 1, column: 1 });
});
