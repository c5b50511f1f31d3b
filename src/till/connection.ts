import type { TillFaceName } from '../ports/till-faults.js';
import type { World } from '../world/world.js';
import type { TillAnswer } from './wire.js';

/** The way back to the till, whatever it is made of. After `half` and `reset` it has ended. */
export interface Connection {
  /** `left` runs once all of it has left; not if the till is gone before. */
  send(answer: TillAnswer, left: () => void): void;
  /** The answer's head and the first half of its body; then the connection ends. */
  half(answer: TillAnswer): void;
  /** The connection is torn down, without a word. */
  reset(): void;
}

/** The third fact: whether an answer that a till waits for has reached it. */
export type NoteDelivery = (fact: 'delivered' | 'lost', face: TillFaceName, world: World, saleId: string) => void;

/** One exchange that is under way. */
export interface UnderWay {
  /** The till has hung up, or was cut off. When everything has been said, it does nothing. */
  gone(): void;
}
