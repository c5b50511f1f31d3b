import { describe, expect, test } from 'vitest';
import { PROTOCOLS } from '../../../src/fixture/language/till.js';
import { drawFixture } from '../../../src/sim/sweep/draw.js';
import { playSeed } from '../../../src/sim/sweep/play-seed.js';

const protocolsOf = (fixture: ReturnType<typeof drawFixture>) =>
  fixture.steps.flatMap(({ till }) => (till !== undefined && 'sell' in till ? (till.protocol ?? []) : []));

describe('a sweep of tills', () => {
  test('has each protocol in its turn, and faults on the line of each', () => {
    const drawn = Array.from({ length: 400 }, (_, seed) => drawFixture(seed, 'tills'));
    for (const [i, protocol] of PROTOCOLS.entries()) {
      const own = drawn.filter(({ seed }) => seed % PROTOCOLS.length === i);
      expect(new Set(own.flatMap(protocolsOf)), protocol).toEqual(new Set([protocol]));
      const faults = new Set(own.flatMap((one) => one.faults.map(({ fault }) => fault)));
      expect([...faults].filter((name) => name.startsWith('till.')).length, protocol).toBe(11);
      const done = new Set(own.flatMap(({ steps }) => steps.flatMap(({ till }) => Object.keys(till ?? {}))));
      for (const verb of ['sell', 'repeat', 'status', 'abort', 'reverse', 'reprint']) expect(done).toContain(verb);
    }
  });

  test('asks about each sale of a till once more, when everything has healed', () => {
    const { steps } = drawFixture(4, 'tills');
    const healed = steps.findIndex(({ heal }) => heal !== undefined);
    const sold = steps.filter(({ till }) => till !== undefined && 'sell' in till && till.sell !== undefined).length;
    const asked = steps.slice(healed).filter(({ till }) => till !== undefined && 'status' in till);
    expect(sold).toBeGreaterThan(0);
    expect(asked).toHaveLength(sold);
  });

  test('has a quarter of the runs of a swarm', () => {
    const swarm = Array.from({ length: 400 }, (_, seed) => drawFixture(seed, 'swarm'));
    const share = swarm.filter((one) => protocolsOf(one).length > 0).length / swarm.length;
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.35);
  });
});

/** A thousand of each are swept by `paperjam sweep --profile tills --seeds 4000`. */
test.each(PROTOCOLS.map((protocol, i) => [protocol, i] as const))(
  'whatever goes wrong, no till that speaks %s is told two different things',
  async (_, i) => {
    const marks = new Set<string>();
    for (let seed = i; seed < 48; seed += PROTOCOLS.length) {
      const result = await playSeed(seed, 'tills');
      expect(result.failure, `paperjam sweep --profile tills --seeds 1 --seed ${seed}`).toBeUndefined();
      for (const mark of result.marks) marks.add(mark);
    }
    expect([...marks].filter((mark) => mark.startsWith('till ')).length).toBeGreaterThan(0);
  },
);
