import {
  ChangingLine,
  type Environment,
  fitted,
  isLive,
  styleOf,
  type TextStream,
} from '../../../report/terminal-text.js';
import type { Totals } from '../totals.js';
import { failureText } from './failures.js';
import { grouped, hoursText } from './words.js';

export interface ProgressOptions {
  readonly stream: TextStream;
  readonly env: Environment;
  /** Wall clock. */
  readonly now: () => number;
  /** How many runs there will be; unknown when time decides. */
  readonly runs: number | undefined;
}

/** On a terminal the line changes so often; elsewhere there is a new one now and then. */
const EVERY_MS = { live: 100, pipe: 10_000 } as const;
/** Failures that are told as they come. */
const TOLD = 20;

/** Shows how a sweep goes on: one line that changes, and each failure as it comes. */
export class SweepProgress {
  readonly #options: ProgressOptions;
  readonly #live: boolean;
  readonly #line: ChangingLine;
  readonly #startMs: number;
  #shownMs: number;
  #failures = 0;

  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#live = isLive(options.stream, options.env);
    this.#line = new ChangingLine(options.stream);
    this.#startMs = options.now();
    this.#shownMs = options.now();
  }

  readonly show = (totals: Totals): void => {
    const { stream, env, now } = this.#options;
    const news = totals.failures.slice(this.#failures);
    if (news.length > 0) {
      this.end();
      for (const failure of news.slice(0, Math.max(0, TOLD - this.#failures)))
        stream.write(`${failureText(failure)}\n`);
      this.#failures = totals.failures.length;
    }
    if (now() - this.#shownMs < EVERY_MS[this.#live ? 'live' : 'pipe']) return;
    this.#shownMs = now();
    const words = this.#words(totals);
    if (this.#live) this.#line.show(fitted(words, styleOf(stream, env).columns));
    else stream.write(`${words}\n`);
  };

  /** Takes the changing line away, before anybody else writes. */
  end(): void {
    this.#line.clear();
  }

  #words(totals: Totals): string {
    const { now, runs } = this.#options;
    const perSecond = totals.runs / ((now() - this.#startMs) / 1_000);
    return [
      `${grouped(totals.runs)}${runs === undefined ? '' : ` of ${grouped(runs)}`} runs`,
      `${grouped(totals.sales)} sales`,
      `${hoursText(totals.virtualMs)} simulated`,
      `${grouped(totals.faultsBitten)} faults bit`,
      `${grouped(totals.failuresInAll)} failed`,
      `${perSecond.toFixed(perSecond < 10 ? 1 : 0)} runs/s`,
    ].join('  ');
  }
}
