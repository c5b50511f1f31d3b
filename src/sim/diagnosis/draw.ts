import type { FaultRecord } from '../../faults/fault.js';
import type { Manners as AttendantManners } from '../../fixture/playing/attendant.js';
import { seededRandom } from '../../ground/seeded-random.js';
import type { PrinterProfile } from '../../ports/device.js';
import type { Random } from '../../ports/random.js';
import type { Policy } from '../../terminal/context.js';
import type { CustomerRequest } from '../../world/people.js';
import { between, oneOf, percent } from './chance.js';
import { drawFault } from './draw-fault.js';

/** Printers of different proof, paper and ways to answer; the last one strikes with needles. */
export const DEVICES = [
  'epson-tm-m30',
  'epson-tm-t88v',
  'xprinter-xp-58',
  'sunmi-58',
  'custom-q3x',
  'epson-tm-u220',
] as const;

export type DeviceName = (typeof DEVICES)[number];

/** Needles have faults of their own, so that they come more often. */
const DRAWN: readonly DeviceName[] = [...DEVICES, 'epson-tm-u220'];

/** One sale of a run: somebody comes who wants to pay. */
export interface DrawnSale {
  readonly amountFen: number;
  readonly customer: CustomerRequest;
}

/** How the people of a shop take their time. */
export interface Manners extends AttendantManners {
  /** A code that was not read is shown once more. */
  readonly showsAgain: boolean;
}

/** A generated run. Everything about it follows from its seed. */
export interface DrawnRun {
  readonly seed: number;
  readonly device: DeviceName;
  readonly policy: Policy;
  /** The platform tells of payments by itself too. */
  readonly notify: boolean;
  readonly sales: readonly DrawnSale[];
  /** One to three. */
  readonly faults: readonly FaultRecord[];
  /** They are there before the terminal boots. */
  readonly fromTheStart: boolean;
  readonly manners: Manners;
}

export function drawDevice(seed: number): DeviceName {
  return oneOf(seededRandom(seed).fork('device'), DRAWN);
}

/** `profile`: that of `drawDevice`. */
export function drawRun(seed: number, profile: PrinterProfile): DrawnRun {
  const random = seededRandom(seed);
  const shop = random.fork('shop');
  const faults = random.fork('faults');
  const notify = percent(shop, 50);
  return {
    seed,
    device: drawDevice(seed),
    policy: drawPolicy(shop),
    notify,
    sales: Array.from({ length: percent(shop, 35) ? 2 : 1 }, () => drawSale(shop)),
    fromTheStart: percent(shop, 25),
    manners: {
      reactsMs: between(shop, 1_000, 8_000),
      mendsMs: between(shop, 3_000, 60_000),
      printsNow: percent(shop, 70),
      showsAgain: percent(shop, 70),
    },
    faults: Array.from({ length: faults.int(1, 3) }, () => drawFault(faults, profile, notify)),
  };
}

function drawPolicy(random: Random): Policy {
  return {
    reprint: oneOf(random, ['ask', 'when-ready'] as const),
    unprinted: oneOf(random, ['keep-and-reprint', 'keep-and-reprint', 'void-if-unprinted', 'offer-digital'] as const),
    paper: percent(random, 20) ? 'required' : 'optional',
    print: percent(random, 25) ? 'prompt' : 'at-once',
  };
}

function drawSale(random: Random): DrawnSale {
  const amountFen = between(random, 1, 200_000);
  const afterMs = between(random, 1_000, 8_000);
  return { amountFen, customer: percent(random, 75) ? { behaviour: 'pays' } : { behaviour: 'confirms', afterMs } };
}
