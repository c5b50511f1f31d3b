import type { Bench, ProofRequest } from '../../bench.js';
import type { Mark } from '../../conversation.js';
import { FEED_AND_CUT, join, line } from '../../escpos.js';
import type { PaperMark } from '../../paper-view.js';
import type { Work } from '../../wait.js';

const LINES = [1, 2, 3];
/** So much paper they take: 1/6 inch each. */
export const LINES_MM = (LINES.length * 25.4) / 6;
/** How the paper view shows a line of which only the upper part was printed. */
const CUT_SHORT = /^▔+$/;
/** Time for three lines and a cut on the slowest printer, and for a line at 9,600 baud to carry them. */
export const PRINT_MS = 5_000;

/**
 * A few numbered lines that are sent while a fault lasts, with the question whether they are printed behind them: what a
 * printer cannot print yet it holds, and loses nothing of it.
 */
export class HeldLines {
  readonly #bench: Bench;
  readonly #item: string;
  readonly #paperMark: PaperMark | undefined;
  readonly #question: ProofRequest | undefined;
  #mark: Mark = 0;

  /** The bench has to know by now whether the printer proves anything. */
  constructor(bench: Bench, item: string) {
    this.#bench = bench;
    this.#item = item;
    this.#question = bench.proofRequest();
    this.#paperMark = bench.ground.paper?.mark();
  }

  /** Sends them, whatever the printer says to that: there are few enough of them. `cut`: and cuts behind them. */
  send(cut: boolean): void {
    const { line: wire } = this.#bench;
    const lines = LINES.map((number) => line(this.#words(number)));
    this.#mark = wire.mark();
    wire.write(join(...lines, cut ? FEED_AND_CUT : [], this.#question?.bytes ?? []));
  }

  /** The printer has said that all of it is printed; `undefined`: it says such things never. */
  get confirmed(): boolean | undefined {
    if (this.#question === undefined) return undefined;
    return this.#bench.line.since(this.#mark).some(this.#question.answers);
  }

  /** Which of them stand on the paper of an emulated printer, and cuts, as words of a record; `undefined`: nobody sees it. */
  get onPaper(): string | undefined {
    const { paper } = this.#bench.ground;
    if (paper === undefined || this.#paperMark === undefined) return undefined;
    const { lines, cuts } = paper.since(this.#paperMark);
    const whole = lines.filter((text) => !CUT_SHORT.test(text));
    const numbers = whole.map((text) => LINES.find((number) => this.#words(number) === text.trim()) ?? text);
    return listed([...numbers, ...Array<string>(cuts).fill('cut')]);
  }

  /** Which of them are there: by the paper of an emulated printer, or by somebody who looks. */
  *look(should: string): Work<{ readonly words: string } | { readonly unknown: string }> {
    const { onPaper } = this;
    if (onPaper !== undefined) return { words: onPaper };
    const lines = `"${this.#words(1)}" to "${this.#words(3)}"`;
    const question =
      should === NO_LINES
        ? `Is none of ${lines} on the paper as a whole line?`
        : `Are ${lines} on the paper, each once and whole${should === CUT_LINES ? ', and is it cut behind them' : ''}?`;
    const { timeLimitMs } = this.#bench.plan.person;
    const answer = yield* this.#bench.hands({ kind: 'judge', say: question, timeLimitMs });
    if (answer === 'yes') return { words: should };
    return answer === 'no' ? { words: 'otherwise, as somebody says' } : { unknown: 'nobody has looked at the paper' };
  }

  #words(number: number): string {
    return `${this.#item} ${number}`;
  }
}

export const ALL_LINES = listed(LINES);
export const CUT_LINES = listed([...LINES, 'cut']);
export const NO_LINES = listed([]);

function listed(numbers: readonly (number | string)[]): string {
  return numbers.length === 0 ? 'none' : numbers.join(' ');
}
