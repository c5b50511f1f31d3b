import type { FaultRecord } from '../../../faults/fault.js';
import { ANSWER_MS, type Bench } from '../../bench.js';
import { ASB_OFF, ASB_ON, dleEot } from '../../escpos.js';
import { answersRealTime, TELLS_NO_STATUS } from '../../expected.js';
import { FAULT_BITS, NO_BITS } from '../../fault-bits.js';
import type { Phase } from '../../phase.js';
import type { Measurable } from '../../results.js';
import type { Work } from '../../wait.js';
import { byHand, handsMs, Staged } from './by-hand.js';
import { whyIdle } from './frame.js';
import { HeldLines, NO_LINES } from './held-lines.js';
import { Measures } from './measures.js';
import { askStatus, StatusWords } from './status.js';

/** A printer that is not there for a while: the cable is out, or the power. */
export interface LossTest {
  readonly item: string;
  readonly title: string;
  readonly say: { readonly begin: string; readonly end: string };
  readonly fault: FaultRecord;
  /** What becomes of its settings, such as Automatic Status Back, and of what it is sent meanwhile. */
  readonly settings: 'kept' | 'lost';
}

/** Silence for so long on an idle line is a printer that is not there. */
const SILENT_MS = 600;
/** Silence is noticed after that at the latest, and a link that goes down at once. */
const NOTICE_MS_MAX = 1_500;
const REOPEN_MS_MAX = 3_000;
const REOPEN_EVERY_MS = 200;
const PUSH_MS = 500;
const CHECKPOINT_MS = 5_000;

export function lossPhase(test: LossTest): Phase {
  return {
    name: `fault.${test.item}`,
    title: test.title,
    needs: 'ready',
    limitMs: (_, bench) => handsMs(bench, 4) + 60_000,
    *run(bench) {
      const run = new LossRun(bench, test);
      const silent = answersRealTime(bench.profile)
        ? undefined
        : `${TELLS_NO_STATUS}, so nothing tells that it is gone`;
      const why = silent ?? whyIdle(bench, test.say) ?? (yield* run.whole());
      if (why !== undefined) run.measures.skipRest(why);
    },
  };
}

class LossRun {
  readonly measures: Measures;
  readonly #bench: Bench;
  readonly #test: LossTest;
  readonly #staged: Staged;
  readonly #cover: Staged;
  readonly #clear: StatusWords;
  readonly #coverOpen: StatusWords;

  constructor(bench: Bench, test: LossTest) {
    const { profile } = bench;
    this.#bench = bench;
    this.#test = test;
    this.#staged = new Staged(bench, test.fault);
    this.#cover = new Staged(bench, { fault: 'printer.cover-open' });
    this.#clear = new StatusWords(profile, NO_BITS);
    this.#coverOpen = new StatusWords(profile, FAULT_BITS['cover-open'].sets, NO_BITS, true);
    this.measures = new Measures(bench, `fault.${test.item}`, measurables(bench, test, this.#clear.realTime));
  }

  *whole(): Work<string | undefined> {
    try {
      return yield* this.#lostAndFound();
    } finally {
      this.#staged.giveBack();
      this.#cover.giveBack();
      this.#bench.line.write(ASB_OFF);
    }
  }

  *#lostAndFound(): Work<string | undefined> {
    const bench = this.#bench;
    const { say, settings } = this.#test;
    yield* bench.proof();
    const pushes = (yield* bench.ask(ASB_ON, 'asb', PUSH_MS)) !== undefined;
    let noticed: { readonly by: 'the link' | 'silence'; readonly atMs: number } | undefined;
    const notices = function* (): Work<boolean> {
      const answer = yield* bench.ask(dleEot(1), 'realtime', SILENT_MS);
      if (bench.line.up && answer !== undefined) return false;
      noticed = { by: bench.line.up ? 'silence' : 'the link', atMs: bench.clock.now() };
      return true;
    };
    const why = yield* byHand(bench, { say: say.begin, act: this.#staged.begin }, notices);
    if (why !== undefined) return why;
    this.measures.measure('noticed', noticed !== undefined);
    if (noticed === undefined) this.measures.skip('noticed-by', 'it was not noticed');
    else this.measures.measure('noticed-by', noticed.by, bench.line.loss?.message);
    this.measures.time('notice-time', this.#staged.begunAtMs, noticed?.atMs);
    const lines = new HeldLines(bench, this.#test.item);
    if (settings === 'lost') lines.send(false);
    const unseen = yield* this.#isBack();
    const whyNot = yield* byHand(
      bench,
      { say: say.end, act: this.#staged.end },
      unseen ? undefined : () => this.#isBack(),
    );
    if (whyNot !== undefined) return whyNot;
    yield* this.#isBackWithin(REOPEN_MS_MAX);
    this.measures.measure('reopened', bench.line.up, bench.line.loss?.message);
    this.measures.time('reopen-time', this.#staged.endedAtMs, bench.line.up ? bench.clock.now() : undefined);
    this.measures.measure('status', this.#clear.ofRealTime(yield* askStatus(bench)));
    if ((yield* bench.proof()) === 'none') this.measures.skip('checkpoint', 'the printer proves nothing');
    else this.measures.measure('checkpoint', (yield* bench.confirm(CHECKPOINT_MS)) !== undefined);
    if (settings === 'lost') this.#lines(lines.onPaper);
    if (pushes) return yield* this.#settings(settings);
    this.measures.skip('settings', 'automatic status, by which it would be seen, is not sent');
    return undefined;
  }

  #lines(onPaper: string | undefined): void {
    if (onPaper === undefined) this.measures.skip('lines', 'nobody sees the paper');
    else this.measures.measure('lines', onPaper);
  }

  /** Is automatic status still on? A cover that is opened tells. */
  *#settings(should: LossTest['settings']): Work<string | undefined> {
    const bench = this.#bench;
    if (this.#coverOpen.automatic === 'silence') {
      this.measures.skip('settings', 'this model pushes no changes, by which it would be seen');
      return undefined;
    }
    const mark = bench.line.mark();
    const opened = yield* byHand(bench, { say: 'Open the cover.', act: this.#cover.begin }, () =>
      this.#says(this.#coverOpen),
    );
    if (opened === undefined) {
      yield* bench.until(() => should === 'kept' && bench.line.find(mark, 'asb') !== undefined, PUSH_MS);
      const pushed = bench.line.find(mark, 'asb') !== undefined;
      this.measures.measure('settings', pushed ? 'kept' : 'lost', `automatic status was ${pushed ? '' : 'not '}pushed`);
    }
    yield* byHand(bench, { say: 'Close the cover.', act: this.#cover.end }, () => this.#says(this.#clear));
    return opened;
  }

  *#says(words: StatusWords): Work<boolean> {
    return words.ofRealTime(yield* askStatus(this.#bench)) === words.realTime;
  }

  *#isBackWithin(ms: number): Work {
    for (const endMs = this.#bench.clock.now() + ms; !(yield* this.#isBack()) && this.#bench.clock.now() < endMs; )
      yield* this.#bench.wait(REOPEN_EVERY_MS);
  }

  *#isBack(): Work<boolean> {
    const bench = this.#bench;
    if (!bench.line.up && !(yield* bench.open())) {
      yield* bench.wait(REOPEN_EVERY_MS);
      return false;
    }
    return (yield* bench.ask(dleEot(1), 'realtime', ANSWER_MS / 2)) !== undefined;
  }
}

function measurables({ ground }: Bench, { item, settings }: LossTest, clear: string): ReadonlyMap<string, Measurable> {
  const all = new Map<string, Measurable>();
  const add = (part: string, title: string, rest: Omit<Measurable, 'name' | 'title'>) =>
    all.set(part, { name: `fault.${item}.${part}`, title, ...rest });
  add('noticed', 'it is noticed', { limits: { equals: true } });
  add('noticed-by', 'what tells it', {});
  add('notice-time', 'time until it is noticed', { unit: 'ms', limits: { max: NOTICE_MS_MAX } });
  // A switch or an adapter in between may hold what is sent to a printer that is off.
  const lost = ground.faults === undefined ? {} : { limits: { equals: NO_LINES } };
  if (settings === 'lost') add('lines', 'lines sent meanwhile that came out', lost);
  add('reopened', 'the line opens again', { limits: { equals: true } });
  add('reopen-time', 'time until it does', { unit: 'ms', limits: { max: REOPEN_MS_MAX } });
  add('status', 'DLE EOT 1 to 4 afterwards', { limits: { equals: clear } });
  add('checkpoint', 'a checkpoint is answered again', { limits: { equals: true } });
  // A printer on a network forgets some of its settings with the connection, and each model others.
  const known = ground.baud === undefined && settings === 'kept' ? {} : { limits: { equals: settings } };
  add('settings', 'automatic status, which was on', known);
  return all;
}
