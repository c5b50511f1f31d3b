import { PaperjamError } from '../../base/errors.js';
import { gates } from './gates.js';

/**
 * Plays something while Node's own chance and time are out of reach: whatever asks for them is thrown `PJ_OUT_OF_REACH`, with
 * the name of the function, since the run would not repeat; `gates.ts` says how far that goes. They are given back
 * afterwards, whatever `play` throws. `play` is synchronous; within another call the gates are shut already.
 */
export function withoutChance<T>(play: () => T): T {
  if (gates.refuse !== undefined) return play();
  /** Whoever asked may swallow what it is thrown; the run is worth nothing all the same. */
  const thrown: PaperjamError[] = [];
  gates.refuse = (name) => {
    const error = new PaperjamError('PJ_OUT_OF_REACH', { name });
    thrown.push(error);
    throw error;
  };
  let result: T;
  try {
    result = play();
  } finally {
    gates.refuse = undefined;
  }
  const [first] = thrown;
  if (first !== undefined) throw first;
  return result;
}
