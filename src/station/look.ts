import type { Bench } from './bench.js';
import { condition, whyNot } from './condition.js';
import type { PaperExcerpt } from './paper-view.js';
import type { Measurable } from './results.js';
import type { Work } from './wait.js';

/** Something that is to be seen on the paper. */
export interface Sight {
  readonly what: Omit<Measurable, 'limits'>;
  /** What is wrong with it on the emulated printer's paper, in words; `undefined`: nothing. */
  problem(paper: PaperExcerpt): string | undefined;
}

export interface ToSee {
  readonly bytes: Uint8Array;
  /** How far it moves the paper at most. */
  readonly mm: number;
  /** The picture's name. */
  readonly name: string;
  /** For a person, to be answered by yes or no. */
  readonly question: string;
  readonly sights: readonly Sight[];
}

/** A person may have it printed so often. */
const RETRIES = 4;

/**
 * Prints, and has it looked at: the emulated printer's paper dot by dot, a real one by a person, who answers for all of
 * it at once. Where nobody is there it is printed all the same, and skipped.
 */
export function* printAndLook(bench: Bench, { bytes, mm, name, question, sights }: ToSee): Work {
  const { results, ground, plan } = bench;
  const isTrue = { limits: { equals: true } };
  const mark = ground.paper?.mark();
  const { idle } = ground.hands;
  let answer: string = idle ?? 'retry';
  let printed = yield* print(bench, bytes, mm);
  for (let times = 0; times < RETRIES && answer === 'retry' && ground.paper === undefined; times++) {
    if (times > 0) printed = yield* print(bench, bytes, mm);
    if (printed === 'failed') break;
    answer = yield* bench.hands({ say: question, kind: 'judge', timeLimitMs: plan.person.timeLimitMs });
  }
  if (printed === 'failed') {
    const note = `not printed: ${yield* whyNot(bench)}`;
    for (const { what } of sights) results.measure({ ...what, ...isTrue }, false, note);
    return;
  }
  if (ground.paper !== undefined && mark !== undefined) {
    const paper = ground.paper.since(mark);
    for (const { what, problem } of sights) {
      const wrong = problem(paper);
      results.measure({ ...what, ...isTrue }, wrong === undefined, wrong);
    }
    results.attach(name, 'image/png', paper.png());
    return;
  }
  for (const { what } of sights) {
    if (answer === 'yes' || answer === 'no')
      results.measure({ ...what, ...isTrue }, answer === 'yes', seenBy(answer, sights.length));
    else
      results.skip({ ...what, ...isTrue }, `printed, and not looked at: ${idle ?? 'nobody said what is to be seen'}`);
  }
}

/** One that proves nothing, and by its status cannot print, has not printed either. */
function* print(bench: Bench, bytes: Uint8Array, mm: number): Work<'confirmed' | 'assumed' | 'failed'> {
  const printed = yield* bench.print(bytes, mm);
  return printed !== 'assumed' || (yield* condition(bench)).ready ? printed : 'failed';
}

/** A person answers for all that was printed at once: which of it is wrong is not known. */
function seenBy(answer: 'yes' | 'no', sights: number): string {
  return answer === 'no' && sights > 1 ? `a person said no to these ${sights} together` : 'seen by a person';
}
