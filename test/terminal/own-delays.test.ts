import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createActor, setup } from 'xstate';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { ownDelays } from '../../src/terminal/own-delays.js';

const machine = setup({ types: { events: {} as { type: 'AGAIN' } | { type: 'STOP' } } }).createMachine({
  initial: 'waiting',
  states: {
    waiting: {
      after: { 100: 'late', 40: 'soon' },
      on: { AGAIN: { target: 'waiting', reenter: true }, STOP: 'stopped' },
    },
    soon: { after: { 100: 'late' } },
    late: {},
    stopped: {},
  },
});

const open = () => {
  const clock = new VirtualClock();
  return { clock, actor: ownDelays(createActor(machine, { clock }), clock).start() };
};

const realNow = Date.now;
beforeEach(() => {
  vi.spyOn(Date, 'now').mockImplementation(() => {
    throw new Error('nobody asks Node for the time');
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  expect(Date.now).toBe(realNow);
});

test('a delay ends when the clock says so, and Node is not asked for the time', () => {
  const { clock, actor } = open();
  clock.advance(39);
  expect(actor.getSnapshot().value).toBe('waiting');
  clock.advance(1);
  expect(actor.getSnapshot().value).toBe('soon');
  clock.advance(99);
  expect(actor.getSnapshot().value).toBe('soon');
  clock.advance(1);
  expect(actor.getSnapshot().value).toBe('late');
});

test('a state that is left takes its delays with it, and one that is entered anew begins them anew', () => {
  const { clock, actor } = open();
  clock.advance(30);
  actor.send({ type: 'AGAIN' });
  clock.advance(30);
  expect(actor.getSnapshot().value).toBe('waiting');
  actor.send({ type: 'STOP' });
  expect(clock.pending).toBe(0);
});

test('an actor that is stopped has no delay left', () => {
  const { clock, actor } = open();
  expect(clock.pending).toBe(2);
  actor.stop();
  expect(clock.pending).toBe(0);
});
