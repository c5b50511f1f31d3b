import type { Fixture } from '../../../fixture/language/fixture.js';
import type { Random } from '../../../ports/random.js';
import { DRIVER_DEFAULTS } from '../../../printer/options.js';
import { DEFAULT_TIMINGS, type Timings } from '../../../terminal/timings.js';
import { between, oneOf, percent } from '../../diagnosis/chance.js';
import type { Manners } from '../profile.js';

/** What of a fixture is a matter of the shop, and stays as it is for all of a run. */
export type Shop = Pick<Fixture, 'policy' | 'timings' | 'merchant' | 'driver' | 'platform' | 'notify' | 'networkMs'>;

export function drawShop(random: Random, manners: Manners): Shop {
  const policy = drawPolicy(random);
  const timings = percent(random, manners.oddTimings) ? drawTimings(random, manners) : DEFAULT_TIMINGS;
  return {
    policy,
    timings,
    merchant: drawMerchant(random),
    driver: percent(random, 30) ? drawDriver(random) : DRIVER_DEFAULTS,
    platform: {
      ...(percent(random, 25) ? { strictCodes: true } : {}),
      ...(percent(random, 25) ? { askAboveFen: between(random, 100, 100_000) } : {}),
      ...(percent(random.fork('voids'), 50) ? { voidsUnknown: false } : {}),
    },
    notify: percent(random, 50),
    networkMs: Math.min(percent(random, 60) ? 20 : between(random, 1, 2_000), slowestMs(timings)),
  };
}

/** There and back within the terminal's patience: with less it would never hear an answer, and could settle nothing. */
function slowestMs({ authorizeTimeoutMs, queryTimeoutMs, cancelTimeoutMs }: Timings): number {
  return Math.floor(Math.min(authorizeTimeoutMs, queryTimeoutMs, cancelTimeoutMs) / 3);
}

const UNPRINTED = ['keep-and-reprint', 'keep-and-reprint', 'void-if-unprinted', 'offer-digital'] as const;

function drawPolicy(random: Random): Fixture['policy'] {
  const unprinted = oneOf(random, UNPRINTED);
  const merchantCopy = percent(random, 15);
  return {
    reprint: oneOf(random, ['ask', 'when-ready']),
    unprinted,
    // A digital ticket is none of paper.
    paper: unprinted !== 'offer-digital' && percent(random, 20) ? 'required' : 'optional',
    print: percent(random, 30) ? 'prompt' : 'at-once',
    ticket: {
      merchantCopy,
      signature: merchantCopy ? oneOf(random, ['never', 'always', { aboveFen: 10_000 }]) : 'never',
      lang: oneOf(random, ['both', 'both', 'zh', 'en']),
    },
    ...(unprinted === 'void-if-unprinted' && percent(random, 60)
      ? { voidAfterMs: percent(random, 15) ? 0 : between(random, 1_000, 300_000) }
      : {}),
  };
}

/**
 * Times that may be as short as somebody likes. Not `codeLifeMs`: while a code can still be paid with at the platform, a
 * terminal that has forgotten it is set up wrongly. The others count.
 */
const STRETCHED = [
  'scanTimeoutMs',
  'authorizeTimeoutMs',
  'queryTimeoutMs',
  'queryIntervalMs',
  'cancelTimeoutMs',
  'cancelIntervalMs',
  'guardFirstMs',
  'guardEveryMs',
  'resultMs',
  'promptMs',
  'digitalMs',
] as const satisfies readonly (keyof Timings)[];

/** The guard task has a few turns within the time that sales have to settle. */
const GUARD_MOST_MS = 1_200_000;

function drawTimings(random: Random, { shorter, longer }: Manners): Timings {
  const drawn: Partial<Record<keyof Timings, number>> = {};
  for (const name of STRETCHED) {
    if (percent(random, 50)) continue;
    const usualMs = DEFAULT_TIMINGS[name];
    drawn[name] = between(random, Math.ceil(usualMs / shorter), usualMs * longer);
  }
  if (percent(random, 10)) drawn.resultMs = 0;
  if (percent(random, 30)) drawn.queryLimit = random.int(1, 8);
  if (percent(random, 30)) drawn.cancelLimit = random.int(1, 6);
  if (percent(random, 20)) drawn.codeLifeMs = between(random, DEFAULT_TIMINGS.codeLifeMs, 300_000);
  const timings = { ...DEFAULT_TIMINGS, ...drawn };
  return { ...timings, guardEveryMs: Math.min(timings.guardEveryMs, GUARD_MOST_MS) };
}

function drawMerchant(random: Random): Fixture['merchant'] {
  return {
    name: oneOf(random, ['街角咖啡 Corner Cafe', '老王面馆', 'Tea & Co.']),
    terminalId: oneOf(random, ['T01', 'A', 'TERMINAL0042']),
    utcOffsetMinutes: oneOf(random, [480, 480, 0, -720, 840]),
    ...(percent(random, 20) ? { merchantNo: '898440353990001' } : {}),
    ...(percent(random, 50) ? { digitalTicketUrl: 'https://tickets.example/t/{orderNo}' } : {}),
  };
}

const RECOVERIES = ['wait', 'resume', 'reprint'] as const;
const TOLD = [
  'paper-out',
  'cover-open',
  'mechanical-error',
  'cutter-error',
  'overheat',
  'unrecoverable-error',
  'offline',
] as const satisfies readonly (keyof Fixture['driver']['recovery'])[];

/** A driver that is set up otherwise, and so that it still can print: nobody's patience is shorter than a ticket. */
function drawDriver(random: Random): Fixture['driver'] {
  const recovery = TOLD.map((fault) => [fault, oneOf(random, RECOVERIES)] as const);
  return {
    ...DRIVER_DEFAULTS,
    recovery: { ...DRIVER_DEFAULTS.recovery, ...Object.fromEntries(recovery.filter(() => percent(random, 50))) },
    recoveryWaitMs: between(random, 500, 60_000),
    faultGraceMs: percent(random, 20) ? 0 : between(random, 50, 2_000),
    reconnectGraceMs: percent(random, 20) ? 0 : between(random, 200, 10_000),
    answerTimeoutMs: between(random, 700, 5_000),
    stallTimeoutMs: between(random, 4_000, 30_000),
    jobDeadlineMs: between(random, 40_000, 180_000),
    blind: oneOf(random, ['by-profile', 'print', 'refuse']),
  };
}
