// @ts-check

/** The person, or the system, asked this process to stop while it was at work. */
export class Interrupted extends Error {
  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(`stopped by ${signal}`);
    this.signal = signal;
  }
}

/** Something that the bootstrap cannot do: shown as one message, without a stack. */
export class Failure extends Error {
  /**
   * @param {string} message
   * @param {number} exitCode
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * A line for the person who waits. On standard error: standard output belongs to the program that follows.
 *
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`paperjam: ${line}\n`);
}
