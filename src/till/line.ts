import type { Clock } from '../ports/clock.js';
import type { Undo } from '../ports/undo.js';
import { Carrier } from './carrier.js';
import type { NoteDelivery, UnderWay } from './connection.js';
import type { TillAnswer, TillFace, TillRequest } from './wire.js';

/** What a till gets to hear of a request: the answer, or that the connection has ended without a whole one. */
export type Heard = { readonly answer: TillAnswer } | { readonly gone: 'reset' | 'half' };

/** A request as a till sends it; what is absent is empty, the method `POST`. */
export type SentRequest = Pick<TillRequest, 'path'> & Partial<TillRequest>;

/** A line between tills and a face, in virtual time: nothing takes time on it but what faults delay. */
export class TillLine {
  readonly #clock: Clock;
  readonly #carrier: Carrier;
  readonly #open = new Set<() => void>();

  constructor(face: TillFace, clock: Clock, note: NoteDelivery) {
    this.#clock = clock;
    this.#carrier = new Carrier(face, clock, note);
  }

  /** `heard` is called once at most, and never from inside this call. The result hangs up: nothing is heard any more. */
  send(sent: SentRequest, heard: (heard: Heard) => void): Undo {
    const request = { method: 'POST', query: '', headers: {}, body: '', ...sent };
    let underWay: UnderWay | undefined;
    let open = true;
    const hear = (what: Heard, left = () => {}) => {
      if (!open) return;
      this.#clock.setTimeout(() => {
        if (!open) return;
        open = false;
        this.#open.delete(hangUp);
        left();
        heard(what);
      }, 0);
    };
    const hangUp = () => {
      if (!open) return;
      open = false;
      this.#open.delete(hangUp);
      underWay?.gone();
    };
    this.#open.add(hangUp);
    underWay = this.#carrier.carry(request, {
      send: (answer, left) => hear({ answer }, left),
      half: () => hear({ gone: 'half' }),
      reset: () => hear({ gone: 'reset' }),
    });
    return hangUp;
  }

  /** Cuts everybody off. */
  close(): void {
    this.#carrier.close();
    for (const hangUp of [...this.#open]) hangUp();
  }
}
