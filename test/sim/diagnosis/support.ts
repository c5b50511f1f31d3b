import type { FaultRecord } from '../../../src/faults/fault.js';
import type { DrawnRun } from '../../../src/sim/diagnosis/draw.js';
import { tookHold } from '../../../src/sim/diagnosis/held.js';
import { play } from '../../../src/sim/diagnosis/play.js';
import { prepareDevice } from '../../../src/world/simulated.js';

const device = prepareDevice('epson-tm-m30');

/** A run of one customer who pays, with these faults and nothing else drawn. */
export function runWith(faults: readonly FaultRecord[], more: Partial<DrawnRun> = {}): DrawnRun {
  return {
    seed: 1,
    device: 'epson-tm-m30',
    policy: { reprint: 'ask' },
    notify: false,
    sales: [{ amountFen: 1_280, customer: { behaviour: 'pays' } }],
    fromTheStart: false,
    manners: { reactsMs: 1_000, mendsMs: 5_000, printsNow: true, showsAgain: true },
    ...more,
    faults,
  };
}

/** What came of it: how it was played, and the faults that took hold of each sale, by name. */
export async function playedWith(faults: readonly FaultRecord[], more: Partial<DrawnRun> = {}) {
  const run = runWith(faults, more);
  const played = play(run, await device);
  const held = tookHold(run, await device, played);
  return {
    run,
    played,
    held,
    names: held.map((sale) => [...sale].sort().map((i) => faults[i]?.fault)),
    verdicts: played.sales.map(({ verdict }) => verdict),
  };
}
