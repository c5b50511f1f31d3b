import type { Fixture } from '../../fixture/language/fixture.js';
import type { Step } from '../../fixture/language/steps.js';
import type { PlannedRun } from '../../fixture/planned.js';

/** What has not come by then in a world with one fault more will not come; what follows is done all the same. */
const WAIT_MOST_MS = 300_000;
/** What is still on its way when all has settled: the cut of the ticket, the fate of a late answer. */
const REST_MS = 1_000;
/** A day: healing alone may take hours. */
const TIME_LIMIT_MS = 86_400_000;
const HEAL_MS = 14_400_000;

/**
 * What happens in a fixture, without what it says has to come of it: that speaks of a world without the fault that a case
 * adds. So no step expects anything, none is a problem when the terminal refuses it or when what it waits for does not
 * come; and behind the last one is waited until all has settled.
 */
export function bare({ fixture, seed, device }: PlannedRun): Fixture {
  const { parameters: _, settleMs, ...rest } = fixture;
  const timed = fixture.steps.map(({ at = 0 }) => at);
  const steps = fixture.steps.filter(({ expect }) => expect === undefined).map(lenient);
  const ending = [
    { wait: { forMs: Math.max(...timed) } },
    { wait: { ...NOTHING, moment: 'settled', withinMs: settleMs } },
    { wait: { forMs: REST_MS } },
  ] as const;
  return {
    ...rest,
    settleMs,
    seed,
    device,
    repeat: 1,
    refusals: 'passed-over',
    timeLimitMs: TIME_LIMIT_MS,
    expect: {},
    steps: [...steps, ...(Math.max(...timed) > 0 ? ending : ending.slice(1))],
  };
}

/** The same with these faults besides, after which everything heals. */
export function withFaults(fixture: Fixture, faults: Fixture['faults']): Fixture {
  return {
    ...fixture,
    faults: [...fixture.faults, ...faults],
    steps: [...fixture.steps, { heal: { withinMs: HEAL_MS } }],
  };
}

const NOTHING = { state: undefined, settled: undefined, final: undefined, screen: undefined, journal: undefined };

function lenient(step: Step): Step {
  const { sell, reprint, wait, till } = step;
  if (sell !== undefined) return { ...step, sell: { ...sell, refused: undefined } };
  if (reprint !== undefined) return { ...step, reprint: { ...reprint, refused: undefined } };
  if (till !== undefined && 'told' in till) return { ...step, till: { ...till, told: undefined } };
  if (wait === undefined || 'forMs' in wait) return step;
  return { ...step, wait: { ...wait, withinMs: Math.min(wait.withinMs ?? WAIT_MOST_MS, WAIT_MOST_MS) } };
}
