import { PaperjamError } from '../base/errors.js';
import type { FaultBoard } from '../faults/board.js';
import type { Clock } from '../ports/clock.js';

/** Something that only hands can do, or only eyes can see. */
export interface HandsRequest {
  /** For a person: `Open the cover.` */
  readonly say: string;
  /** `judge`: it is a question that is answered by yes or no. Default `act`. */
  readonly kind?: 'act' | 'judge';
  /** What hands do to the emulated printer. Absent: it cannot be done to it, and is skipped. */
  readonly act?: (faults: FaultBoard) => void;
  /** How long a person has. */
  readonly timeLimitMs: number;
}

/** `done` or `yes`: as asked. `retry`: once more from the beginning. `late`: nobody answered in time. */
export type HandsAnswer = 'done' | 'yes' | 'no' | 'retry' | 'skip' | 'late';

/** Whoever acts at the printer: a person who is asked, the emulated printer by itself, or nobody. */
export interface Hands {
  /** Why nothing that is asked here gets done; `undefined`: it may. */
  readonly idle: string | undefined;
  /**
   * Asks; `answered` is called once at most, never from inside this call. The result takes the question back. The time
   * limit is kept by whoever asks.
   */
  ask(request: HandsRequest, answered: (answer: HandsAnswer) => void): () => void;
}

/** The emulated printer acts by itself, a moment after it was asked to. */
export function emulatedHands(clock: Clock, faults: FaultBoard): Hands {
  const REACTION_MS = 300;
  return {
    idle: undefined,
    ask({ act }, answered) {
      const timer = clock.setTimeout(() => answered(done(act, faults) ? 'done' : 'skip'), REACTION_MS);
      return () => clock.clearTimeout(timer);
    },
  };
}

/** `false`: this printer has not what it would be done to, whatever its profile says. */
function done(act: HandsRequest['act'], faults: FaultBoard): boolean {
  try {
    act?.(faults);
    return act !== undefined;
  } catch (error) {
    if (error instanceof PaperjamError && error.code === 'PJ_FAULT_IMPOSSIBLE') return false;
    throw error;
  }
}

/** Nobody is there: whatever is asked is skipped. */
export function nobody(clock: Clock): Hands {
  return {
    idle: 'nobody is there to be asked',
    ask(_, answered) {
      const timer = clock.setTimeout(() => answered('skip'), 0);
      return () => clock.clearTimeout(timer);
    },
  };
}
