/**
 * The last answers to what is asked again and again and is dear to answer: a symbol that is asked for its size and then for
 * its picture, or for the same sale in a run that is repeated. The oldest is forgotten first.
 */
export class Remembered<T> {
  readonly #answers = new Map<string, T>();
  readonly #most: number;

  /** Keeps so many. */
  constructor(most = 32) {
    this.#most = most;
  }

  get(key: string, make: () => T): T {
    const known = this.#answers.get(key);
    if (known !== undefined || this.#answers.has(key)) return known as T; // It has it, so it is one.
    const made = make();
    if (this.#answers.size >= this.#most) {
      for (const oldest of this.#answers.keys()) {
        this.#answers.delete(oldest);
        break;
      }
    }
    this.#answers.set(key, made);
    return made;
  }
}
