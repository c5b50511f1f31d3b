import type { Fixture } from '../../fixture/language/fixture.js';
import { DEFAULT_TIMINGS } from '../../terminal/timings.js';
import type { RequestMade } from './operations.js';
import type { SingleFault } from './single-fault.js';

type Attributes = Readonly<Record<string, string | number | boolean>>;
type Struck = readonly [fault: string, attributes?: Attributes];

const PAY = 'alipay.trade.pay';
const QUERY = 'alipay.trade.query';
const CANCEL = 'alipay.trade.cancel';

/** How long a condition lasts that begins at a request: till after its time-out, or longer than a sale. */
const LASTING_MS = [3_000, 60_000] as const;
/** Later than every sale is settled. */
const VERY_LATE_MS = 120_000;

/** Every fault of the network and of the platform that can strike this request or its answer, and that alone. */
export function* networkFaults({ nth, method }: RequestMade, fixture: Fixture): Generator<SingleFault> {
  const timeoutMs = timeoutOf(method, fixture.timings);
  const when = { request: nth };
  for (const [fault, attributes = {}] of [
    ...onTheWay(timeoutMs),
    ...CONDITIONS.flatMap((condition) => lasting(...condition)),
    ...atThePlatform(method, timeoutMs),
    ...(fixture.notify ? NOTICES : []),
  ]) {
    const said = Object.entries(attributes).map(([name, value]) => `${name}=${value}`);
    const which = said.length === 0 ? '' : ` (${said.join(', ')})`;
    const id = `${fault}${which} at request ${nth}`;
    yield { id, record: { fault, when, ...(fault.startsWith('network.') ? struck(fault) : {}), ...attributes } };
  }
}

/** The next request, whichever it is: the one at which the fault begins. */
function struck(fault: string): Attributes {
  return CONDITIONS.some(([name]) => name === fault) ? {} : { method: 'any' };
}

function timeoutOf(method: string, timings: Fixture['timings']): number {
  const { authorizeTimeoutMs, queryTimeoutMs, cancelTimeoutMs } = { ...DEFAULT_TIMINGS, ...timings };
  if (method === PAY) return authorizeTimeoutMs;
  return method === QUERY ? queryTimeoutMs : cancelTimeoutMs;
}

/** What befalls one exchange. Of a connection that breaks, once is what the SDK makes good by a second request. */
function onTheWay(timeoutMs: number): readonly Struck[] {
  const late = [Math.round(timeoutMs / 2), timeoutMs + 500, VERY_LATE_MS];
  const once = { times: 1 };
  return [
    ['network.request-lost'],
    ['network.answer-lost'],
    ...late.flatMap((delayMs): Struck[] => [
      ['network.latency', { way: 'request', delayMs, ...once }],
      ['network.latency', { way: 'answer', delayMs, ...once }],
    ]),
    ['network.drip', { everyMs: 100 }],
    ['network.drip', { everyMs: 1_000 }],
    ['network.reset', { delivered: true, ...once }],
    ['network.reset', { delivered: false, times: 2 }],
    ['network.reset', { delivered: true, times: 2 }],
    ['network.half-body', once],
    ['network.half-body', { times: 2 }],
    ['network.half-body', { ending: 'as-whole', ...once }],
    ...[true, false].flatMap((delivered): Struck[] => [
      ['network.empty-body', { delivered }],
      ['network.garbage-body', { delivered }],
      ['network.server-error', { delivered }],
    ]),
  ];
}

const CONDITIONS: readonly Struck[] = [
  ['network.down'],
  ['network.black-hole'],
  ['network.refused'],
  ['network.bad-certificate'],
  ['network.expired-certificate'],
];

function lasting(fault: string, attributes: Attributes = {}): Struck[] {
  return LASTING_MS.map((forMs) => [fault, { ...attributes, for: forMs }]);
}

function atThePlatform(method: string, timeoutMs: number): readonly Struck[] {
  const booked = [true, false].flatMap((done) =>
    ['ACQ.SYSTEM_ERROR', '20000'].map((says): Struck => ['platform.system-error', { method, booked: done, says }]),
  );
  return [
    ['platform.answer-lost', { method }],
    ['platform.answer-lost', { method, times: 3 }],
    ['platform.answer-delayed', { method, delayMs: timeoutMs + 500 }],
    ['platform.answer-delayed', { method, delayMs: VERY_LATE_MS }],
    ['platform.bad-signature', { method }],
    ['platform.wrong-amount', { method }],
    ...booked,
    ...lasting('platform.rate-limit', { requests: 0 }),
    ...lasting('platform.maintenance'),
    ...lasting('platform.clock-skew'),
    ...lasting('platform.peak'),
    ...lasting('platform.stale-query'),
    ...(method === PAY ? ASKED : []),
    ...(method === CANCEL ? CANCELS : []),
  ];
}

const ASKED: readonly Struck[] = [
  ['platform.password-asked'],
  ['platform.pays-late', { queries: 0, afterMs: 500 }],
  ['platform.pays-late', { queries: 1 }],
  ['platform.pays-late'],
];

const CANCELS: readonly Struck[] = [
  ['platform.cancel-lost', { what: 'answer', times: 1 }],
  ['platform.cancel-lost', { what: 'request', times: 1 }],
  ['platform.cancel-lost', { what: 'answer' }],
  ['platform.cancel-lost', { what: 'request' }],
  ...lasting('platform.cancel-refused'),
  ...lasting('platform.cancel-refused', { subCode: 'ACQ.TRADE_HAS_FINISHED' }),
];

const NOTICES: readonly Struck[] = [
  ['platform.notify-lost'],
  ['platform.notify-twice'],
  ['platform.notify-late'],
  ['platform.notify-out-of-order'],
  ['platform.bad-signature', { method: 'notify' }],
  ['platform.wrong-amount', { method: 'notify' }],
];
