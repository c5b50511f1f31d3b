import {
  ChangingLine,
  type Environment,
  isLive,
  type LineStyle,
  styleOf,
  type TextStream,
} from '../report/terminal-text.js';
import { askedLine, type BegunPhase, endedLines, summaryLines, underWayLine } from './progress.js';
import type { Measurement, PhaseRecord, RunRecord } from './record.js';
import type { RunFiles } from './report/write-run.js';

export interface LiveProgressOptions {
  readonly stream: TextStream;
  /** Of the run. */
  readonly now: () => number;
  readonly env: Environment;
}

/**
 * Shows a run while it goes on: hand it to the runner as its listener. On a terminal one line changes below those of the
 * phases that are over; call `tick` about once a second to keep its time running, `pause` before anybody else writes.
 * On a pipe, and on a terminal that cannot do more, there are whole lines only.
 */
export class LiveProgress {
  readonly #options: LiveProgressOptions;
  readonly #live: boolean;
  readonly #line: ChangingLine;
  #phase: BegunPhase | undefined;
  #begunMs = 0;
  #measurements: Measurement[] = [];
  #asked: { say: string; untilMs: number } | undefined;

  constructor(options: LiveProgressOptions) {
    const { stream, env } = options;
    this.#options = options;
    this.#live = isLive(stream, env);
    this.#line = new ChangingLine(stream);
  }

  phaseBegun(phase: BegunPhase): void {
    this.#phase = phase;
    this.#begunMs = this.#options.now();
    this.#measurements = [];
    this.#asked = undefined;
    this.tick();
  }

  measured(_phase: string, measurement: Measurement): void {
    this.#measurements.push(measurement);
    this.#asked = undefined;
    this.tick();
  }

  asked(_phase: string, say: string, timeLimitMs: number): void {
    this.#asked = { say, untilMs: this.#options.now() + timeLimitMs };
    this.#keep([askedLine(say, timeLimitMs)]);
    this.tick();
  }

  noted(): void {
    this.#asked = undefined;
    this.tick();
  }

  phaseEnded(phase: PhaseRecord): void {
    const at = this.#phase ?? { number: 1, of: 1 };
    this.#phase = undefined;
    this.#keep(endedLines(phase, at, this.#style));
  }

  /** Everything is over; `files` are where the run was written, if it was. */
  ended(record: RunRecord, files?: RunFiles): void {
    this.#phase = undefined;
    this.#keep(summaryLines(record, files, this.#style));
  }

  /** Shows how much time has gone by. */
  tick(): void {
    if (!this.#live || this.#phase === undefined) return;
    const nowMs = this.#options.now();
    const asked = this.#asked && { say: this.#asked.say, leftMs: this.#asked.untilMs - nowMs };
    const underWay = {
      phase: this.#phase,
      elapsedMs: nowMs - this.#begunMs,
      measurements: this.#measurements,
      ...(asked === undefined ? {} : { asked }),
    };
    this.#line.show(underWayLine(underWay, this.#style));
  }

  /** Takes the changing line away, until the next event or tick. */
  pause(): void {
    this.#line.clear();
  }

  #keep(lines: readonly string[]): void {
    this.pause();
    this.#options.stream.write(lines.map((line) => `${line}\n`).join(''));
  }

  get #style(): LineStyle {
    return styleOf(this.#options.stream, this.#options.env);
  }
}
