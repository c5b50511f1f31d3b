import { FAULTS } from '../../../faults/catalogue.js';
import type { Fixture } from '../../../fixture/language/fixture.js';
import type { Step } from '../../../fixture/language/steps.js';
import { ABOUT_VERBS, PROTOCOLS, type TillStep } from '../../../fixture/language/till.js';
import type { Random } from '../../../ports/random.js';
import type { TillFaceName } from '../../../ports/till-faults.js';
import { between, oneOf, percent } from '../../diagnosis/chance.js';
import { drawRecord } from '../../diagnosis/draw-fault.js';
import type { Manners } from '../profile.js';
import type { DrawnFault } from './faults.js';
import { Lottery } from './lottery.js';

type Drawn = Pick<Fixture, 'faults' | 'steps'>;

/** Of 100 sales of a run with a till so many are asked for by it; the others are keyed in beside it. */
const AT_TILL = 85;
const PATIENCE_MS = 120_000;

const TILL_FAULTS = FAULTS.filter(({ needs }) => needs === 'tills');
const KINDS = ['sale', 'status', 'abort', 'reversal', 'print', 'other'] as const;

/** `repeat` and `status` are what a till does that was told nothing. */
const DEEDS = [...ABOUT_VERBS.filter((verb) => verb !== 'hears'), 'repeat', 'status'] as const;

/** The protocol of the till of a run, if it has one. Where every run has, each protocol comes in its turn. */
export function drawProtocol(random: Random, seed: number, { tills }: Manners): TillFaceName | undefined {
  if (tills >= 100) return PROTOCOLS[seed % PROTOCOLS.length];
  return percent(random, tills) ? oneOf(random, PROTOCOLS) : undefined;
}

/**
 * The same run with a till that speaks a protocol: it sells, times out, repeats, asks, gives up, wants money back, with
 * faults on its line besides all others. When everything has healed it asks about each sale once more.
 */
export function withTill(random: Random, { faults, steps }: Drawn, protocol: TillFaceName, manners: Manners): Drawn {
  const deeds = new Lottery(random.fork('deeds'), DEEDS, manners.off);
  const kinds = new Lottery(random.fork('kinds'), TILL_FAULTS, manners.off);
  const sales: string[] = [];
  const amounts = new Set<number>();
  let number = 0;
  const played = steps.flatMap((step): Step[] => {
    const { sell } = step;
    if (sell === undefined) return [step];
    number++;
    const { till: _, ...keyed } = sell;
    if (!percent(random, AT_TILL)) return [{ ...step, sell: keyed }];
    sales.push(String(number));
    const { customer = 'none' } = sell;
    let { amountFen } = sell;
    while (amounts.has(amountFen)) amountFen++; // A till's sales are told apart by it.
    amounts.add(amountFen);
    const waitsMs = percent(random, 40) ? between(random, 200, 30_000) : PATIENCE_MS;
    const sold: TillStep = { protocol, sell: { amountFen, customer }, waitsMs };
    const later = Array.from({ length: random.int(0, 3) }, () => deed(random, deeds, sales));
    return [{ till: sold }, ...later.flat()];
  });
  const asked = sales.flatMap((sale): Step[] => [{ till: { status: sale } }, { wait: { forMs: 15_000 } }]);
  const lost = Array.from({ length: random.int(...manners.tillFaults) }, (_, i) =>
    drawFault(random, kinds, `t${i + 1}`),
  );
  return { faults: [...faults, ...lost], steps: [...played, ...asked] };
}

/** After a while, mostly about the latest sale. */
function deed(random: Random, deeds: Lottery<(typeof DEEDS)[number]>, sales: readonly string[]): Step[] {
  const sale = percent(random, 80) ? sales.at(-1) : oneOf(random, sales);
  const waitsMs = percent(random, 30) ? between(random, 200, 30_000) : undefined;
  const verb = deeds.draw(random);
  const wait: Step = { wait: { forMs: between(random, 10, 60_000) } };
  return [wait, { till: { [verb]: sale, ...(waitsMs === undefined ? {} : { waitsMs }) } }];
}

function drawFault(random: Random, kinds: Lottery<(typeof FAULTS)[number]>, as: string): DrawnFault {
  if (percent(random, 15)) {
    const when = { till: oneOf(random, KINDS), at: percent(random, 50) ? ('arrived' as const) : ('answered' as const) };
    return { fault: 'terminal.power-cut', when, offMs: percent(random, 50) ? 0 : between(random, 20, 60_000), as };
  }
  const kind = kinds.draw(random);
  const struck = percent(random, 60) ? { kind: percent(random, 50) ? 'any' : 'sale' } : {};
  return { ...drawRecord(random, kind, false), ...struck, protocol: 'any', as };
}
