import { clearScreenDown, createInterface, cursorTo, moveCursor } from 'node:readline';
import type { Hands, HandsAnswer, HandsRequest } from '../station/hands.js';

const ACT: Readonly<Record<string, HandsAnswer>> = { '': 'done', d: 'done', r: 'retry', s: 'skip' };
const JUDGE: Readonly<Record<string, HandsAnswer>> = { y: 'yes', n: 'no', r: 'retry', s: 'skip' };

/** A person at the terminal, who is asked to act at the printer, or what is to be seen on its paper. */
export class PersonHands implements Hands {
  readonly idle = undefined;
  readonly #asking: () => () => void;

  /** `asking` is told when the line belongs to the person; its result, when no longer. */
  constructor(asking: () => () => void) {
    this.#asking = asking;
  }

  ask({ kind = 'act' }: HandsRequest, answered: (answer: HandsAnswer) => void): () => void {
    const answers = kind === 'judge' ? JUDGE : ACT;
    const words = kind === 'judge' ? 'y yes, n no' : 'Enter when it is done';
    const over = this.#asking();
    let entered = false;
    const lines = createInterface({ input: process.stdin, output: process.stdout });
    lines.setPrompt(`    [${words}, s skip, r once more] `);
    lines.on('line', (line) => {
      const answer = answers[line.trim().toLowerCase().slice(0, 1)];
      if (answer === undefined) lines.prompt();
      else {
        entered = true;
        answered(answer);
      }
    });
    lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT')); // Readline keeps Ctrl-C from the program.
    lines.prompt();
    return () => {
      // A question that was taken back leaves nothing: what comes next begins on a line of its own.
      const { rows } = lines.getCursorPos();
      lines.close();
      if (!entered) {
        moveCursor(process.stdout, 0, -rows);
        cursorTo(process.stdout, 0);
        clearScreenDown(process.stdout);
      }
      over();
    };
  }
}
