import type { Undo } from '../ports/faults.js';

/** Rules or listeners in the order in which they were put in; one function put in twice counts twice. */
export class Rules<Rule extends (...given: never[]) => unknown> {
  readonly #rules = new Set<{ readonly rule: Rule }>();

  add(rule: Rule): Undo {
    const entry = { rule };
    this.#rules.add(entry);
    return () => void this.#rules.delete(entry);
  }

  /** As they stand now: what is added meanwhile waits for the next time. */
  all(): Rule[] {
    return [...this.#rules].map(({ rule }) => rule);
  }
}
