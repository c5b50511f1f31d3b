const MOST = 32;

/**
 * The last answers of an encoder that is asked for the size while printing, and again for the picture. Encoding takes
 * milliseconds, printing the same symbol again should not.
 */
export class Remembered<T> {
  readonly #answers = new Map<string, T>();

  get(key: string, make: () => T): T {
    const known = this.#answers.get(key);
    if (known !== undefined || this.#answers.has(key)) return known as T; // It has it, so it is one.
    const made = make();
    if (this.#answers.size >= MOST) {
      for (const oldest of this.#answers.keys()) {
        this.#answers.delete(oldest);
        break;
      }
    }
    this.#answers.set(key, made);
    return made;
  }
}
