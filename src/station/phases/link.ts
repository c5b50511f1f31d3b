import { ANSWER_MS } from '../bench.js';
import { SILENT } from '../condition.js';
import { dleEot } from '../escpos.js';
import { answersRealTime } from '../expected.js';
import type { Phase } from '../phase.js';

/** Is there a printer at the end of the line at all? */
export const link: Phase = {
  name: 'link',
  title: 'Link',
  needs: 'nothing',
  limitMs: () => 20_000,
  *run(bench) {
    const { results, clock, profile } = bench;
    const opens = { name: 'link.opens', title: 'the line opens', limits: { equals: true } };
    const openTime = { name: 'link.open-time', title: 'time to open it', unit: 'ms' };
    const should = answersRealTime(profile);
    const answers = { name: 'link.answers', title: 'the printer answers DLE EOT', limits: { equals: should } };
    const startMs = clock.now();
    if (!(yield* bench.open())) {
      const why = bench.line.whyDown;
      bench.reported.add(`the link is down: ${why}`);
      results.measure(opens, false, why);
      results.skip(openTime, 'it does not open');
      results.skip(answers, 'it does not open');
      return;
    }
    results.measure(opens, true);
    results.measure(openTime, clock.now() - startMs);
    results.note(`${bench.line.address}`);
    // A printer that was switched on by the opening of the port may need a moment.
    const attempts = should ? 3 : 1;
    let answered = false;
    for (let attempt = 0; attempt < attempts && !answered && bench.line.up; attempt++)
      answered = (yield* bench.ask(dleEot(1), 'realtime', ANSWER_MS)) !== undefined;
    const { receivedBytes, up, whyDown } = bench.line;
    const garbage = `${receivedBytes} bytes came back that are no answer: is the rate right?`;
    const silence = receivedBytes > 0 ? garbage : `nothing came back in ${(attempts * ANSWER_MS) / 1_000} s`;
    if (!answered && !up) {
      results.measure(answers, 'the link went down', whyDown);
      return;
    }
    results.measure(answers, answered, answered ? undefined : silence);
    if (!should && !answered)
      results.note('silence is as in the profile; whether there is a printer at all, only its paper shows');
    if (should && !answered) bench.reported.add(SILENT);
  },
};
