import { FIXTURE, type Fixture } from '../../fixture/language/fixture.js';
import { seededRandom } from '../../ground/seeded-random.js';
import type { Random } from '../../ports/random.js';
import { oneOf, percent } from '../diagnosis/chance.js';
import { emulatedModels, otherKinds, type SweptPrinter } from './draw/devices.js';
import { FaultDraw } from './draw/faults.js';
import { drawShop } from './draw/shop.js';
import { drawSteps } from './draw/steps.js';
import { drawProtocol, withTill } from './draw/tills.js';
import { MANNERS, type SweepProfile } from './profile.js';

/** A day is the longest that a fixture may take; a run ends long before. */
const DAY_MS = 86_400_000;
/** Everything has had its time by the end of `heal`. */
const SETTLE_MS = 1_000;

/** Of 100 printers so many are of no make. */
const OTHER_KINDS = 15;

/** What a fixture that says nothing is like. Schemas are too dear to be asked for each seed. */
const PLAIN = FIXTURE.parse({ title: { zh: '模拟', en: 'sweep' }, steps: [{ sell: { fen: 1 } }] });

/** The run of a seed: an ordinary fixture, of which everything follows from seed and profile. */
export function drawFixture(seed: number, profile: SweepProfile): Fixture {
  const random = seededRandom(seed);
  const manners = MANNERS[profile];
  const { device, profile: printer } = drawPrinter(random.fork('device'));
  const shop = drawShop(random.fork('shop'), manners);
  const faults = new FaultDraw(random.fork('faults'), printer, shop.notify, manners);
  const drawn = drawSteps(random.fork('people'), faults, manners);
  const tills = random.fork('tills');
  const protocol = drawProtocol(tills, seed, manners);
  return {
    ...PLAIN,
    title: { zh: `模拟,种子 ${seed}`, en: `sweep, ${profile}, seed ${seed}` },
    device,
    ...shop,
    refusals: 'passed-over',
    seed,
    timeLimitMs: DAY_MS,
    settleMs: SETTLE_MS,
    ...(protocol === undefined ? drawn : withTill(tills, drawn, protocol, manners)),
  };
}

/** Needles have a fault of their own, and few models have needles: they come oftener. */
function drawPrinter(random: Random): SweptPrinter {
  if (percent(random.fork('kind'), OTHER_KINDS)) return oneOf(random, otherKinds());
  const all = emulatedModels();
  return oneOf(random, percent(random, 10) ? all.filter(({ profile }) => profile.ribbon !== undefined) : all);
}
