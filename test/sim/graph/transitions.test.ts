import { expect, test } from 'vitest';
import { LEAF_STATES, START_WAYS, TRANSITIONS } from '../../../src/sim/graph/transitions.js';
import { STATES } from '../../../src/terminal/states.js';

test('every transition has a name of its own', () => {
  const keys = TRANSITIONS.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});

test('names say from where, by what, under which condition, and where to', () => {
  const keys = TRANSITIONS.map(({ key }) => key);
  expect(keys).toEqual(
    expect.arrayContaining([
      'settling.authorizing --AUTHORIZED[waiting]--> settling.awaitingBuyer',
      'scanning --after scanTimeout--> notScanned',
      'paid --always[asksToPrint]--> prompting',
      '* --NOTIFIED--> stays',
    ]),
  );
});

test('transitions lead from and to states that there are', () => {
  const known = new Set(['*', 'next', ...STATES]);
  for (const { from, to } of TRANSITIONS) {
    expect(known).toContain(from);
    if (to !== undefined) expect(['next', ...LEAF_STATES]).toContain(to);
  }
});

test('what a machine takes as it starts is known by the state that it comes to', () => {
  expect(START_WAYS.get('idle')).toEqual(['boot --always--> next', 'next --always--> idle']);
  expect(START_WAYS.get('prompting')).toEqual([
    'boot --always--> next',
    'next --always[nextIsPrint]--> paid',
    'paid --always[asksToPrint]--> prompting',
  ]);
});
