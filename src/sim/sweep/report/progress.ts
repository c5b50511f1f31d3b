import { failureText } from '../../report/failure-text.js';
import { Progress, type ProgressOptions, perSecond } from '../../report/progress.js';
import { grouped, hoursText } from '../../report/words.js';
import type { SweepFailure } from '../batch.js';
import type { Totals } from '../totals.js';

export interface SweepProgressOptions extends ProgressOptions {
  /** How many runs there will be; unknown when time decides. */
  readonly runs: number | undefined;
}

/** Shows how a sweep goes on. */
export class SweepProgress {
  readonly #progress: Progress<SweepFailure>;
  readonly #runs: number | undefined;

  constructor(options: SweepProgressOptions) {
    this.#progress = new Progress(options, failureText);
    this.#runs = options.runs;
  }

  readonly show = (totals: Totals): void => {
    this.#progress.show(totals.failures, (tookMs) =>
      [
        `${grouped(totals.runs)}${this.#runs === undefined ? '' : ` of ${grouped(this.#runs)}`} runs`,
        `${grouped(totals.sales)} sales`,
        `${hoursText(totals.virtualMs)} simulated`,
        `${grouped(totals.faultsBitten)} faults bit`,
        `${grouped(totals.failuresInAll)} failed`,
        perSecond(totals.runs, 'runs', tookMs),
      ].join('  '),
    );
  };

  /** Takes the changing line away, before anybody else writes. */
  end(): void {
    this.#progress.end();
  }
}
