/** What a phase waits for: something to be so, or a time. A yield gives it to whoever runs the phase. */
export interface Wait {
  /** Looked at after everything that happens: on the link, by a person, by the driver. */
  readonly until: () => boolean;
  /** When the waiting ends all the same. */
  readonly dueMs: number;
  /** Look again at least so often: for what happens without a word, as bytes that leave this machine. */
  readonly everyMs?: number;
}

/**
 * A piece of work at the bench, written from top to bottom. It runs on the wall clock and on the virtual clock alike,
 * since it never waits by itself: it yields what it waits for. A `finally` in it must not yield: a run that is aborted
 * leaves through it at once.
 */
export type Work<Result = void> = Generator<Wait, Result, void>;
