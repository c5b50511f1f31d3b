import { askedLine, type BegunPhase, endedLines, type LineStyle, summaryLines, underWayLine } from './progress.js';
import type { Measurement, PhaseRecord, RunRecord } from './record.js';
import type { RunFiles } from './report/write-run.js';

/** Where lines go: a terminal, or a pipe. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface LiveProgressOptions {
  readonly stream: ProgressStream;
  /** Of the run. */
  readonly now: () => number;
  /** `NO_COLOR` (no-color.org) and `TERM` are looked at. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** To the beginning of the line, and erase it (ECMA-48, 8.3.41). */
const ERASE = '\r\u001b[2K';

/**
 * Shows a run while it goes on: hand it to the runner as its listener. On a terminal one line changes below those of the
 * phases that are over; call `tick` about once a second to keep its time running, `pause` before anybody else writes.
 * On a pipe, and on a terminal that cannot do more, there are whole lines only.
 */
export class LiveProgress {
  readonly #options: LiveProgressOptions;
  readonly #live: boolean;
  readonly #colour: boolean;
  #phase: BegunPhase | undefined;
  #begunMs = 0;
  #measurements: Measurement[] = [];
  #asked: { say: string; untilMs: number } | undefined;
  #shown = '';

  constructor(options: LiveProgressOptions) {
    const { stream, env } = options;
    this.#options = options;
    this.#live = stream.isTTY === true && env.TERM !== 'dumb';
    this.#colour = this.#live && (env.NO_COLOR ?? '') === '';
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
    const line = underWayLine(
      {
        phase: this.#phase,
        elapsedMs: nowMs - this.#begunMs,
        measurements: this.#measurements,
        ...(asked === undefined ? {} : { asked }),
      },
      this.#style,
    );
    if (line === this.#shown) return;
    this.#options.stream.write(this.#shown === '' ? line : `${ERASE}${line}`);
    this.#shown = line;
  }

  /** Takes the changing line away, until the next event or tick. */
  pause(): void {
    if (this.#shown !== '') this.#options.stream.write(ERASE);
    this.#shown = '';
  }

  #keep(lines: readonly string[]): void {
    this.pause();
    this.#options.stream.write(lines.map((line) => `${line}\n`).join(''));
  }

  get #style(): LineStyle {
    const { columns } = this.#options.stream;
    return { colour: this.#colour, ...(this.#live && columns !== undefined ? { columns } : {}) };
  }
}
