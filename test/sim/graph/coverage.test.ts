import { expect, test } from 'vitest';
import { CoverageRecorder, countsOf, coverageOf, mergeCoverages, neverIn } from '../../../src/sim/graph/coverage.js';
import { prepareDevice, simulate } from '../../../src/world/simulated.js';

const device = await prepareDevice('epson-tm-m30');

function coverageOfSales(behaviour: 'pays' | 'no-money', powerCut = false) {
  const { world, clock } = simulate(device);
  const recorder = new CoverageRecorder();
  recorder.hear(world);
  world.start();
  clock.advance(3_000);
  world.people.sell(1_280, { customer: { behaviour } });
  if (powerCut) world.powerCut();
  clock.advance(60_000);
  world.close();
  return recorder.coverage();
}

test('a sale that is paid and printed goes its way through the machine once', () => {
  const { states, transitions } = coverageOfSales('pays');
  expect(Object.fromEntries(states)).toEqual({
    ...{ boot: 1, next: 2, scanning: 1, 'settling.authorizing': 1, paid: 1, printing: 1, done: 1, idle: 2 },
  });
  expect(transitions.get('settling --AUTHORIZED[paid]--> paid')).toBe(1);
  expect(transitions.get('paid --always--> printing')).toBe(1);
  expect(transitions.get('next --always--> idle')).toBe(2);
});

test('a boot after a power cut counts too', () => {
  const { states, transitions } = coverageOfSales('pays', true);
  expect(states.get('boot')).toBe(2);
  expect(transitions.get('boot --always--> next')).toBe(2);
});

test('the sum of coverages is the same in any order, and survives a file', () => {
  const parts = [coverageOfSales('pays'), coverageOfSales('no-money'), coverageOfSales('pays', true)];
  const sum = JSON.stringify(countsOf(mergeCoverages(parts)));
  expect(JSON.stringify(countsOf(mergeCoverages(parts.toReversed())))).toBe(sum);
  expect(JSON.stringify(countsOf(mergeCoverages(parts.map((one) => coverageOf(countsOf(one))))))).toBe(sum);
});

test('what never was is named', () => {
  const never = neverIn(coverageOfSales('pays'));
  expect(never.states).toContain('declined');
  expect(never.states).not.toContain('done');
  expect(never.transitions).toContain('settling --AUTHORIZED[refused]--> declined');
});

test('what a state passes on to without an event is counted with it, also where the machine comes back to the same state', () => {
  const { world, clock } = simulate(device, { policy: { print: 'prompt' } });
  const recorder = new CoverageRecorder();
  recorder.hear(world);
  world.start();
  clock.advance(3_000);
  world.people.sell(1_280, { customer: { behaviour: 'pays' } });
  clock.advance(1_000);
  world.terminal.offerDigital();
  clock.advance(1_000);
  world.powerCut(); // The code of the digital ticket is shown again.
  clock.advance(120_000);
  world.close();
  const { states, transitions } = recorder.coverage();
  expect(transitions.get('paid --always[asksToPrint]--> prompting')).toBe(1);
  expect(transitions.get('next --always[nextIsDigital]--> digital')).toBe(1);
  expect(transitions.get('digital --after digital--> next')).toBe(1);
  expect(transitions.get('next --always--> idle')).toBe(2);
  expect(states.get('digital')).toBe(2);
});
