import type { AnswerFate, DoorRefusal, PlatformAnswer, PlatformSite, Undo } from '../../ports/faults.js';

/** The place between ledger and answer: what is booked is booked, and here it is decided whether anybody hears of it. */
export class AnswerFates implements PlatformSite {
  readonly #rules = new Set<(answer: PlatformAnswer) => AnswerFate>();

  readonly #door = new Set<(method: string) => DoorRefusal | undefined>();

  atDoor(rule: (method: string) => DoorRefusal | undefined): Undo {
    const own = (method: string) => rule(method);
    this.#door.add(own);
    return () => void this.#door.delete(own);
  }

  /** Whether a request is turned away before anything is booked. */
  refusalOf(method: string): DoorRefusal | undefined {
    for (const rule of this.#door) {
      const refusal = rule(method);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  }

  onAnswer(rule: (answer: PlatformAnswer) => AnswerFate): Undo {
    const own = (answer: PlatformAnswer) => rule(answer); // So that one function set twice is two rules.
    this.#rules.add(own);
    return () => void this.#rules.delete(own);
  }

  /** Every rule is asked about every answer, since rules count; the last that does not say `deliver` wins. */
  of(answer: PlatformAnswer): AnswerFate {
    let fate: AnswerFate = 'deliver';
    for (const rule of this.#rules) {
      const said = rule(answer);
      if (said !== 'deliver') fate = said;
    }
    return fate;
  }
}
