import {
  ChangingLine,
  type Environment,
  fitted,
  isLive,
  styleOf,
  type TextStream,
} from '../../report/terminal-text.js';

export interface ProgressOptions {
  readonly stream: TextStream;
  readonly env: Environment;
  /** Wall clock. */
  readonly now: () => number;
}

/** On a terminal the line changes so often; elsewhere there is a new one now and then. */
const EVERY_MS = { live: 100, pipe: 10_000 } as const;
/** Failures that are told as they come. */
const TOLD = 20;

/** Shows how something long goes on: one line that changes, and each failure as it comes. */
export class Progress<Failed> {
  readonly #options: ProgressOptions;
  readonly #text: (failure: Failed) => string;
  readonly #live: boolean;
  readonly #line: ChangingLine;
  readonly #startMs: number;
  #shownMs: number;
  #failures = 0;

  constructor(options: ProgressOptions, text: (failure: Failed) => string) {
    this.#options = options;
    this.#text = text;
    this.#live = isLive(options.stream, options.env);
    this.#line = new ChangingLine(options.stream);
    this.#startMs = options.now();
    this.#shownMs = options.now();
  }

  /** `failures`: all so far. `words` is asked when something is to be shown. */
  show(failures: readonly Failed[], words: (tookMs: number) => string): void {
    const { stream, env, now } = this.#options;
    const news = failures.slice(this.#failures);
    if (news.length > 0) {
      this.end();
      for (const failure of news.slice(0, Math.max(0, TOLD - this.#failures))) stream.write(`${this.#text(failure)}\n`);
      this.#failures = failures.length;
    }
    if (now() - this.#shownMs < EVERY_MS[this.#live ? 'live' : 'pipe']) return;
    this.#shownMs = now();
    const said = words(now() - this.#startMs);
    if (this.#live) this.#line.show(fitted(said, styleOf(stream, env).columns));
    else stream.write(`${said}\n`);
  }

  /** Takes the changing line away, before anybody else writes. */
  end(): void {
    this.#line.clear();
  }
}

/** `7.3 runs/s`, `216 runs/s` */
export function perSecond(count: number, what: string, tookMs: number): string {
  const rate = count / (tookMs / 1_000);
  return `${rate.toFixed(rate < 10 ? 1 : 0)} ${what}/s`;
}
