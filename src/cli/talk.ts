import { clearScreenDown, createInterface, cursorTo, type Interface, moveCursor } from 'node:readline';

/** Standard input and output as a conversation: what is said never runs into the line that a person is typing. */
export class Talk {
  /** Whether a person sits there, and not a file or a program. */
  readonly person = process.stdin.isTTY === true && process.stdout.isTTY === true;
  #lines: Interface | undefined;

  say(text: string): void {
    const lines = this.person ? this.#lines : undefined;
    if (lines !== undefined) {
      moveCursor(process.stdout, 0, -lines.getCursorPos().rows);
      cursorTo(process.stdout, 0);
      clearScreenDown(process.stdout);
    }
    process.stdout.write(`${text}\n`);
    lines?.prompt(true);
  }

  /**
   * Hands on each line of the input until one is answered with `quit`. A person's end of input (Ctrl-D, Ctrl-C) is the
   * end too; without a person it is not, and the program stays up.
   */
  listen(answer: (line: string) => 'quit' | undefined): Promise<void> {
    const { stdin, stdout } = process;
    const lines = createInterface(
      this.person ? { input: stdin, output: stdout, terminal: true, prompt: 'paperjam> ' } : { input: stdin },
    );
    this.#lines = lines;
    return new Promise((quit) => {
      lines.on('line', (line) => {
        if (answer(line) === 'quit') quit();
        else if (this.person) lines.prompt();
      });
      lines.on('SIGINT', () => lines.close());
      lines.on('close', () => {
        if (!this.person || this.#lines === undefined) return; // The end of a file, or `close` below.
        stdout.write('\n');
        quit();
      });
      if (this.person) lines.prompt();
    });
  }

  /** Takes nothing more. Idempotent. */
  close(): void {
    const lines = this.#lines;
    this.#lines = undefined;
    lines?.close();
  }
}

/** Whether standard output failed because nobody reads it any more. */
export function readerHasLeft(error: Error): boolean {
  return 'code' in error && error.code === 'EPIPE';
}
