import type { Fixture } from '../../../fixture/language/fixture.js';
import type { Step } from '../../../fixture/language/steps.js';
import type { Random } from '../../../ports/random.js';
import { between, percent } from '../../diagnosis/chance.js';
import type { Manners } from '../profile.js';
import { DEEDS, drawCustomer } from './deeds.js';
import type { FaultDraw } from './faults.js';
import { Lottery } from './lottery.js';

/** How long the sales may take to settle when all faults have ended. */
const SETTLE_MS = 14_400_000;

/** In which the deeds with a time of their own are done. */
const DAY_BEGINS_MS = 180_000;

/** What happens in a run: its faults from the beginning, and its steps, at the end of which everything is mended. */
export function drawSteps(random: Random, faults: FaultDraw, manners: Manners): Pick<Fixture, 'faults' | 'steps'> {
  const deeds = new Lottery(random.fork('deeds'), Object.values(DEEDS), manners.off);
  const saleCount = random.int(...manners.sales);
  const faultCount = percent(random, manners.faultless) ? 0 : random.int(...manners.faults);
  const all = Array.from({ length: faultCount }, () => faults.draw());
  const early = all.filter(() => percent(random, 50));
  // Each of the others comes before one of the sales, or behind the last one.
  const later = all.filter((one) => !early.includes(one)).map((fault) => ({ fault, before: random.int(0, saleCount) }));
  const steps: Step[] = [];
  const put = early.flatMap(({ as }) => as ?? []);
  const counter = { sales: [] as string[], codes: [] as string[], faults: put, delivered: new Set<string>() };
  const putBefore = (sale: number) => {
    for (const { fault, before } of later) {
      if (before !== sale) continue;
      steps.push({ fault });
      if (fault.as !== undefined) counter.faults.push(fault.as);
    }
  };
  const tills = random.fork('tills');
  for (let i = 0; i < saleCount; i++) {
    putBefore(i);
    const name = String(i + 1);
    const customer = percent(random, 92) ? drawCustomer(random) : undefined;
    const till = percent(tills, 25) ? { till: { face: 'api', key: `sale ${name}` } } : {};
    const shown = customer === undefined ? {} : { customer };
    steps.push({ sell: { amountFen: between(random, 1, 200_000), ...shown, ...till } });
    counter.sales.push(name);
    if (customer !== undefined) counter.codes.push(name);
    for (let left = random.int(...manners.deeds); left > 0; left--) {
      if (percent(random, 70)) steps.push({ wait: { forMs: between(random, 20, 30_000) } });
      const deed = deeds.draw(random)(random, counter);
      const timed = deed.wait === undefined && deed.till === undefined && percent(random, 10);
      steps.push(timed ? { at: random.int(0, DAY_BEGINS_MS), ...deed } : deed);
    }
    // Some are in a hurry, and press the key while the sale before is under way.
    if (percent(random, 85)) steps.push({ wait: { forMs: between(random, ...manners.pauseMs) } });
  }
  putBefore(saleCount);
  return { faults: early, steps: [...steps, { heal: { withinMs: SETTLE_MS } }] };
}
