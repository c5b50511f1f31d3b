import type { Bench } from './bench.js';
import { clearOut, condition, cooled, recovered, SILENT } from './condition.js';
import { ASB_OFF, ESC_INITIALIZE, FEED_AND_CUT, feedLines, join } from './escpos.js';
import type { Work } from './wait.js';

/** Lines that carry the last print past the tear bar. */
const TEAR_OFF_LINES = 4;

/**
 * Leaves the printer as whoever comes next wants to find it, however the run ended: buffers empty, settings as after
 * switching on, no status unasked, the paper fed out and cut off, the port closed.
 */
export function* putInOrder(bench: Bench): Work {
  if (!(yield* bench.open())) return;
  let now = yield* condition(bench);
  if (now.words === SILENT) return;
  yield* cooled(bench, now); // What it holds comes out when it can print again, and is not to come into the next job.
  if (bench.untidy) yield* clearOut(bench);
  now = yield* recovered(bench, yield* condition(bench));
  const out = bench.profile.cutter ? FEED_AND_CUT : feedLines(TEAR_OFF_LINES);
  bench.line.write(now.ready ? join(ESC_INITIALIZE, ASB_OFF, out) : join(ESC_INITIALIZE, ASB_OFF));
  if (now.ready) yield* bench.confirm(3_000);
  yield* bench.until(() => bench.line.pendingBytes === 0 && bench.line.wireBusyMs === 0, 1_000, 10);
}
