import { FAULTS } from '../../../faults/catalogue.js';
import type { Fault } from '../../../faults/fault.js';
import { powerCut } from '../../../faults/terminal/power-cut.js';
import type { When } from '../../../faults/when.js';
import type { Fixture } from '../../../fixture/language/fixture.js';
import type { PrinterProfile } from '../../../ports/device.js';
import type { Random } from '../../../ports/random.js';
import { JOURNAL_KINDS } from '../../../terminal/journal/kinds.js';
import { between, oneOf, percent } from '../../diagnosis/chance.js';
import { drawRecord, isPossible, USUAL_RECORDS } from '../../diagnosis/draw-fault.js';
import type { Manners } from '../profile.js';
import { Lottery } from './lottery.js';

export type DrawnFault = Fixture['faults'][number];

/** Those that take the terminal's power. */
const CUTS: readonly string[] = ['terminal.power-cut', 'terminal.brown-out', 'operator.power-cycles'];

/** Of 100 faults of a run so many are power cuts besides those that are drawn like any other. */
const CUT_SHARES = [0, 0, 10, 50] as const;

/** Of 100 delays so many have no usual length: a request that is late by a minute finds its sale cancelled. */
const LONG_DELAYS = 20;

/** Draws the faults of one run. */
export class FaultDraw {
  readonly #random: Random;
  readonly #notify: boolean;
  readonly #kinds: Lottery<Fault>;
  readonly #cutShare: number;
  #count = 0;

  constructor(random: Random, profile: PrinterProfile, notify: boolean, { off }: Manners) {
    this.#random = random;
    this.#notify = notify;
    const possible = FAULTS.filter((fault) => isPossible(fault, profile, notify));
    this.#kinds = new Lottery(random.fork('kinds'), possible, off);
    this.#cutShare = oneOf(random, CUT_SHARES);
  }

  /** Each has a name of its own, so that it can be cleared alone. */
  draw(): DrawnFault {
    const random = this.#random;
    const kind = percent(random, this.#cutShare) ? powerCut : this.#kinds.draw(random);
    // What a line still holds when the fault ends comes out as slowly: for hours, if each byte of it waits for a minute.
    const record = drawRecord(random, kind, this.#notify, kind.needs === 'printerLink' ? 0 : LONG_DELAYS);
    const as = `f${++this.#count}`;
    if (!CUTS.includes(kind.name) || percent(random, 25)) return { ...record, as };
    return { ...record, when: pendingWrite(random), as };
  }
}

/** While a write is pending: there a power cut is most likely to find something. */
function pendingWrite(random: Random): When {
  const nth = percent(random, 50) ? {} : { nth: between(random, 2, 6) };
  return { journal: oneOf(random, WRITTEN), at: 'append', ...nth };
}

/** The records of every sale come oftener than those of rare things. */
const WRITTEN = [
  ...JOURNAL_KINDS,
  ...USUAL_RECORDS,
  ...(['authorize-intent', 'payment', 'cancel-intent', 'print-intent', 'print-result'] as const),
];
