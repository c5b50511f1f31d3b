import { FAULTS } from '../../faults/catalogue.js';
import { type AttributeFacts, explainFault, placeOf } from '../../faults/explain.js';
import type { Fault, FaultRecord } from '../../faults/fault.js';
import { slow } from '../../faults/printer/slow.js';
import type { When } from '../../faults/when.js';
import type { PrinterProfile } from '../../ports/device.js';
import type { Random } from '../../ports/random.js';
import { between, oneOf, percent } from './chance.js';

/** But for what befalls tills: a sale that a cashier keys in has none. */
const PLACES = [...new Set(FAULTS.filter(({ needs }) => needs !== 'tills').map(({ name }) => placeOf(name)))];

/** What every fault's schema says of its attributes; asked for once. */
const ATTRIBUTES = new Map(FAULTS.map((fault) => [fault.name, explainFault(fault).attributes]));

/** A fault of any place that this shop can have, with drawn attributes, at a drawn moment, for a drawn time. */
export function drawFault(random: Random, profile: PrinterProfile, notify: boolean): FaultRecord {
  const place = oneOf(random, PLACES);
  const possible = FAULTS.filter((fault) => placeOf(fault.name) === place && isPossible(fault, profile, notify));
  return drawRecord(random, oneOf(random, possible), notify);
}

/**
 * One of this fault, as it is drawn of any: half of the time at its usual moment, half of the time until it is ended.
 * `tails`: of 100 delays so many are far longer than usual.
 */
export function drawRecord(random: Random, fault: Fault, notify: boolean, tails = 0): FaultRecord {
  const attributes = (ATTRIBUTES.get(fault.name) ?? []).flatMap((one): [string, unknown][] => {
    const isLong = tails > 0 && one.name.endsWith('Ms') && percent(random, tails);
    const value = isLong ? drawLong(random, one) : drawAttribute(random, one);
    return value === undefined || (value === 'notify' && !notify) ? [] : [[one.name, value]];
  });
  return {
    fault: fault.name,
    when: percent(random, 50) ? (fault.usually ?? 'now') : MOMENTS[oneOf(random, MOMENT_NAMES)](random),
    ...(percent(random, 50) ? { for: between(random, 1_000, 240_000) } : {}),
    ...Object.fromEntries(attributes),
  };
}

/**
 * Whether this shop has what it strikes. A profile that has time prove what was printed vouches for the model's speed: one
 * that is slow is none of it.
 */
export function isPossible({ name, needs, part }: Fault, printer: PrinterProfile, notify: boolean): boolean {
  const { cutter, ribbon, checkpoint } = printer;
  if (needs === 'notices') return notify;
  if (needs === 'tills') return false; // Only where a till sells.
  if (name === slow.name && checkpoint === 'DLE EOT') return false;
  if (part === 'ribbon') return ribbon !== undefined;
  if (part === 'thermal head') return ribbon === undefined;
  return part === undefined || cutter;
}

/** Half of the time as it usually is, else something near it; what has no usual value is left out. */
function drawAttribute(random: Random, { type, min, max, allowed, default: usual }: AttributeFacts): unknown {
  if (allowed !== undefined) return oneOf(random, allowed);
  if (type === 'boolean') return percent(random, 50);
  if (typeof usual !== 'number') return undefined;
  if (percent(random, 50)) return usual;
  const least = min ?? Number.NEGATIVE_INFINITY;
  const most = max ?? Number.POSITIVE_INFINITY;
  if (type === 'number' && most <= 1) return random.int(0, 20) / 20;
  if (usual === 0) return random.int(Math.max(least, 0), Math.min(most, 1_000));
  const size = between(random, Math.max(Math.abs(usual) / 4, 1), Math.abs(usual) * 4);
  const sign = least < 0 && percent(random, 50) ? -1 : 1;
  return Math.min(Math.max(sign * size, least), most);
}

/** As long as nobody expects, and each doubling as likely as any other: what everybody has given up then still comes. */
function drawLong(random: Random, { max, default: usual }: AttributeFacts): number | undefined {
  if (typeof usual !== 'number') return undefined;
  const ms = Math.round(Math.max(usual, 1_000) * LONGEST ** (random.int(0, 1_000) / 1_000));
  return Math.min(ms, max ?? ms);
}

/** By so much a delay is longer than usual at most. */
const LONGEST = 100;

const METHODS = ['alipay.trade.pay', 'alipay.trade.query', 'alipay.trade.cancel'] as const;
/** States that sales with and without faults go through. */
const STATES = [
  'scanning',
  'settling.authorizing',
  'settling.awaitingBuyer',
  'settling.querying',
  'reversing',
  'prompting',
  'printing',
  'printFault',
  'done',
  'idle',
] as const;
/** Records that every sale with a ticket writes, and its boot. */
export const USUAL_RECORDS = [
  'boot',
  'sale-opened',
  'authorize-intent',
  'platform-answer',
  'payment',
  'print-intent',
  'print-result',
] as const;

/** A moment of each kind. */
const MOMENTS = {
  now: () => 'now',
  afterMs: (random) => ({ afterMs: between(random, 50, 20_000) }),
  line: (random) => ({ line: random.int(1, 25) }),
  byte: (random) => ({ byte: random.int(1, 800) }),
  state: (random) => ({ state: oneOf(random, STATES), ...nth(random) }),
  request: (random) => ({
    request: random.int(1, 3),
    ...(percent(random, 50) ? { method: oneOf(random, METHODS) } : {}),
  }),
  journal: (random) => ({
    journal: oneOf(random, USUAL_RECORDS),
    at: percent(random, 50) ? 'append' : 'synced',
    ...nth(random),
  }),
} as const satisfies Record<string, (random: Random) => When>;

const MOMENT_NAMES = ['now', 'afterMs', 'line', 'byte', 'state', 'request', 'journal'] as const;

function nth(random: Random): { nth?: number } {
  return percent(random, 85) ? {} : { nth: 2 };
}
