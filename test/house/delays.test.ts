import { describe, expect, test } from 'vitest';
import { raise, setup } from 'xstate';
import { z } from 'zod';
import { terminalMachine } from '../../src/terminal/machine.js';

describe('the delays of the terminal’s machine', () => {
  const { config, implementations } = terminalMachine;
  const known = Object.keys(implementations.delays);

  test('all exist: a misspelt one would be a timer that never fires', () => {
    expect(namedDelays(config).length).toBeGreaterThan(3);
    expect(misspeltDelays(config, known)).toEqual([]);
  });

  test('are all used', () => {
    const used = new Set(namedDelays(config).map(({ delay }) => delay));
    expect(known.filter((delay) => !used.has(delay))).toEqual([]);
  });
});

test('a misspelt delay is found in a nested state, and in a raised event', () => {
  const { config } = setup({ delays: { scanTimeout: 5, scanTimout: 5, lateTimout: 5 } }).createMachine({
    initial: 'a',
    states: {
      a: { after: { scanTimeout: 'b', 5000: 'b' } },
      b: {
        initial: 'c',
        states: { c: { on: { JAM: { actions: [raise({ type: 'LATE' }, { delay: 'lateTimout' })] } } } },
      },
      d: { after: { scanTimout: 'a' } },
    },
  });
  expect(misspeltDelays(config, ['scanTimeout', 'lateTimeout'])).toEqual([
    'states.b.states.c.on.JAM.actions.0: no delay is named lateTimout',
    'states.d.after: no delay is named scanTimout',
  ]);
});

function misspeltDelays(config: object, known: readonly string[]): string[] {
  return namedDelays(config)
    .filter(({ delay }) => !known.includes(delay))
    .map(({ path, delay }) => `${path}: no delay is named ${delay}`);
}

/** Each use of a delay by its name: keys of `after`, and the `delay` of a raised or sent event. */
function namedDelays(config: object): { path: string; delay: string }[] {
  const Delayed = z.object({ delay: z.string() });
  const found: { path: string; delay: string }[] = [];
  const look = (value: unknown, path: string) => {
    if (typeof value === 'function') {
      const { success, data } = Delayed.safeParse({ ...value });
      if (success) found.push({ path, delay: data.delay });
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const here = path === '' ? key : `${path}.${key}`;
      if (key === 'after' && typeof inner === 'object' && inner !== null) {
        for (const delay of Object.keys(inner)) {
          if (!Number.isFinite(Number(delay))) found.push({ path: here, delay });
        }
      }
      look(inner, here);
    }
  };
  look(config, '');
  return found;
}
