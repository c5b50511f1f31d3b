import type { Person } from '../fixture/by-hand.js';
import type { Lang } from '../fixture/report/words.js';
import type { HandsAnswer } from '../station/hands.js';
import { PersonHands } from './station-person.js';

/** Nobody stands at a bench longer. */
const PATIENCE_MS = 600_000;

/** The person at the terminal, asked in their language; who asks once more is asked once more. */
export function personAtTerminal(lang: Lang, say: (lines: readonly string[]) => void): Person {
  const hands = new PersonHands(() => () => {});
  return {
    ask(words, answered) {
      let takeBack = () => {};
      const timer = setTimeout(() => end('late'), PATIENCE_MS);
      const end = (answer: HandsAnswer) => {
        takeBack();
        if (answer === 'retry') ask();
        else {
          clearTimeout(timer);
          answered(answer === 'done' ? 'done' : 'skip');
        }
      };
      const ask = () => {
        say([`  → ${words[lang]}`]);
        takeBack = hands.ask({ say: words[lang], timeLimitMs: PATIENCE_MS }, end);
      };
      ask();
      return () => {
        clearTimeout(timer);
        takeBack();
      };
    },
  };
}
