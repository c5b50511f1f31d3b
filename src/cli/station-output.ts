import { PaperjamError } from '../base/errors.js';
import { fileProblem } from '../ground/file-problem.js';
import { makeFolder } from '../ground/make-folder.js';
import type { Learned } from '../station/learn/learn.js';
import { LiveProgress } from '../station/live-progress.js';
import type { RunRecord } from '../station/record.js';
import { writeRun } from '../station/report/write-run.js';
import type { StationListener } from '../station/results.js';
import type { FinishedRun } from '../station/run.js';

const TICK_MS = 1_000;

/** What is shown of a run on standard output, and kept of it in a folder. */
export class StationOutput {
  readonly listener: StationListener;
  readonly #live: LiveProgress;
  readonly #folder: string;
  readonly #ticking: NodeJS.Timeout;
  /** A person is being asked, and has the line. */
  #asking = false;

  /** `person`: somebody is there to be asked. What the emulated printer does by itself needs no line. */
  constructor(folder: string, now: () => number, person: boolean) {
    this.#folder = folder;
    const live = new LiveProgress({ stream: process.stdout, now, env: process.env });
    this.#live = live;
    this.listener = {
      phaseBegun: (phase) => live.phaseBegun(phase),
      measured: (phase, measurement) => live.measured(phase, measurement),
      noted: () => live.noted(),
      phaseEnded: (phase) => live.phaseEnded(phase),
      ...(person ? { asked: (phase, say, timeLimitMs) => live.asked(phase, say, timeLimitMs) } : {}),
    };
    this.#ticking = setInterval(() => this.#asking || live.tick(), TICK_MS).unref();
  }

  /** A person is asked something; the result says that this is over. */
  readonly asking = (): (() => void) => {
    this.#live.pause();
    this.#asking = true;
    return () => {
      this.#asking = false;
    };
  };

  /** Writes the run, and says how it ended. Throws `PJ_STATION_OUTPUT`. */
  ended({ record, files }: FinishedRun): RunRecord {
    this.close();
    this.#live.ended(record, writeRun(this.#folder, record, files));
    return record;
  }

  close(): void {
    clearInterval(this.#ticking);
    this.#live.pause();
  }
}

/** Before the run, so that it is not made in vain. Throws `PJ_STATION_OUTPUT`. */
export function makeOut(path: string): void {
  try {
    makeFolder(path);
  } catch (cause) {
    throw new PaperjamError('PJ_STATION_OUTPUT', { path, problem: fileProblem(cause) }, { cause });
  }
}

/** What was learned of a printer, in a few lines. */
export function learnedText(file: string, { changes }: Learned): string {
  const words = changes.length === 0 ? 'as the profile says' : 'not as the profile says:';
  return [`learned  ${file}, ${words}`, ...changes.map((change) => `         ${change}`)].join('\n');
}
