import type { Clock, Timer } from '../ports/clock.js';
import { Carried } from './carried.js';
import type { Connection, NoteDelivery, UnderWay } from './connection.js';
import type { TillFace, TillRequest } from './wire.js';

/**
 * Carries requests of tills to a face and its answers back, with what befalls them by the faults that are in: the same
 * over sockets and in virtual time.
 */
export class Carrier {
  readonly #face: TillFace;
  readonly #clock: Clock;
  readonly #note: NoteDelivery;
  /** What is on its way. */
  readonly #delayed = new Set<Timer>();

  constructor(face: TillFace, clock: Clock, note: NoteDelivery) {
    this.#face = face;
    this.#clock = clock;
    this.#note = note;
  }

  carry(request: TillRequest, connection: Connection): UnderWay {
    const face = this.#face;
    const look = face.look(request);
    const fate = look.world?.tills.fateOf({ face: face.name, kind: look.kind }) ?? {};
    const ground = { face, look, fate, note: this.#note, after: this.#after };
    return new Carried(request, ground, connection).begin();
  }

  /** Nothing that is still on its way arrives any more. */
  close(): void {
    for (const timer of this.#delayed) this.#clock.clearTimeout(timer);
    this.#delayed.clear();
  }

  readonly #after = (delayMs: number, run: () => void): void => {
    const timer = this.#clock.setTimeout(() => {
      this.#delayed.delete(timer);
      run();
    }, delayMs);
    this.#delayed.add(timer);
  };
}
