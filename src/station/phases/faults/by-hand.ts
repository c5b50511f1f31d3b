import type { FaultBoard } from '../../../faults/board.js';
import type { FaultRecord } from '../../../faults/fault.js';
import type { Bench } from '../../bench.js';
import type { HandsAnswer } from '../../hands.js';
import type { Work } from '../../wait.js';

/** How often somebody may say that it did not work. */
const MOST_TRIES = 4;
/** So long after `done` the station still looks for what should be seen by then. */
const GRACE_MS = 3_000;
const LOOK_EVERY_MS = 50;

/** A fault that the emulated printer puts into itself, and when it did. For a real printer it does nothing. */
export class Staged {
  readonly #bench: Bench;
  readonly #record: FaultRecord;
  #id: string | undefined;
  /** When it was put in and taken out last; `undefined`: by a person, who does not say exactly when. */
  begunAtMs: number | undefined;
  endedAtMs: number | undefined;

  constructor(bench: Bench, record: FaultRecord) {
    this.#bench = bench;
    this.#record = record;
  }

  readonly begin = (faults: FaultBoard): void => {
    this.end(faults);
    this.#id = faults.put({ ...this.#record, when: 'now' }).id;
    this.begunAtMs = this.#bench.clock.now();
  };

  readonly end = (faults: FaultBoard): void => {
    if (this.#id === undefined) return;
    faults.clear(this.#id);
    this.#id = undefined;
    this.endedAtMs = this.#bench.clock.now();
  };

  /** Nothing of it is left, however the phase ended. */
  giveBack(): void {
    const { faults } = this.#bench.ground;
    if (faults !== undefined) this.end(faults);
  }
}

export interface Deed {
  readonly say: string;
  readonly act: (faults: FaultBoard) => void;
}

/**
 * Has something done at the printer, within the plan's time limit, again as often as somebody says that it did not work.
 * `seen` looks whether it shows: then nobody needs to say so, which hands that are busy are glad of. Without it somebody
 * has to. Gives why it was not done.
 */
export function* byHand(bench: Bench, deed: Deed, seen?: () => Work<boolean>): Work<string | undefined> {
  for (let attempt = 1; attempt <= MOST_TRIES; attempt++) {
    const answer = yield* once(bench, deed, seen);
    if (answer === 'done' || answer === 'yes') return undefined;
    if (answer === 'late') return `not done within ${bench.plan.person.timeLimitMs / 1_000} s`;
    if (answer !== 'retry') return 'skipped';
  }
  return `not done in ${MOST_TRIES} attempts`;
}

function* once(bench: Bench, deed: Deed, seen: (() => Work<boolean>) | undefined): Work<HandsAnswer> {
  const { clock, plan } = bench;
  const { timeLimitMs } = plan.person;
  const asking = bench.asking({ ...deed, timeLimitMs });
  const endMs = clock.now() + timeLimitMs;
  let doneMs: number | undefined;
  try {
    for (;;) {
      if (seen !== undefined && (yield* seen())) return 'done';
      const { answer } = asking;
      if (answer === undefined && clock.now() >= endMs) return 'late';
      if (answer !== undefined && answer !== 'done' && answer !== 'yes') return answer;
      if (answer !== undefined) {
        doneMs ??= clock.now();
        if (seen === undefined || clock.now() >= doneMs + GRACE_MS) return 'done';
      }
      yield* bench.until(() => asking.answer !== answer, seen === undefined ? endMs - clock.now() : LOOK_EVERY_MS);
    }
  } finally {
    asking.end();
  }
}

/** How long a phase may take in which hands are asked so many times. */
export function handsMs({ plan }: Pick<Bench, 'plan'>, times: number): number {
  return times * MOST_TRIES * (plan.person.timeLimitMs + GRACE_MS);
}
