import type { Bench } from '../bench.js';
import { condition } from '../condition.js';
import { FEED_AND_CUT, join, line } from '../escpos.js';
import { answersRealTime, TELLS_NO_STATUS } from '../expected.js';
import type { Phase } from '../phase.js';
import type { Measurable } from '../results.js';
import type { Work } from '../wait.js';

/** `GS V 66 0`: feeds to the blade, and cuts. */
export const cutter: Phase = {
  name: 'cutter',
  title: 'Cutter',
  needs: 'ready',
  limitMs: ({ person }) => 60_000 + person.timeLimitMs,
  *run(bench) {
    const { results, profile, ground, clock } = bench;
    const cuts = { name: 'cutter.cuts', title: 'a feed to the blade and a cut', limits: { equals: true } };
    const time = { name: 'cutter.time', title: 'time of feed and cut', unit: 'ms' };
    if (!profile.cutter) {
      results.skip(cuts, 'this model has no cutter');
      results.skip(time, 'this model has no cutter');
      return;
    }
    yield* bench.print(line('cutter'), 10);
    const mark = ground.paper?.mark();
    const startMs = clock.now();
    const printed = yield* bench.print(join(FEED_AND_CUT), 60);
    const takenMs = clock.now() - startMs;
    const { ready, words } = yield* condition(bench);
    const seen = mark === undefined ? undefined : ground.paper?.since(mark).cuts;
    const good = ready && printed !== 'failed' && (seen ?? 1) === 1;
    if (!ready) bench.reported.add(words);
    if (seen === undefined && good && !answersRealTime(profile)) yield* judged(bench, cuts);
    else {
      const note = !ready ? words : seen === undefined ? "by the printer's own word" : `${seen} cut on the paper`;
      results.measure(cuts, good, note);
    }
    if (printed === 'confirmed') results.measure(time, takenMs);
    else results.skip(time, printed === 'failed' ? 'not confirmed' : 'the printer proves nothing that it does');
  },
};

/** A printer without a word of its own, on whose paper nobody looks but a person. */
function* judged(bench: Bench, cuts: Measurable): Work {
  const { ground, plan, results } = bench;
  const say = 'Has the paper been cut behind the line "cutter"?';
  const answer =
    ground.hands.idle ?? (yield* bench.hands({ say, kind: 'judge', timeLimitMs: plan.person.timeLimitMs }));
  if (answer === 'yes' || answer === 'no') results.measure(cuts, answer === 'yes', 'seen by a person');
  else results.skip(cuts, `${TELLS_NO_STATUS}, and ${ground.hands.idle ?? 'nobody said whether it was cut'}`);
}
