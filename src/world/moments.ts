import type { Acquirer } from '../ports/acquirer.js';
import type { Moment, Moments, Undo } from '../ports/faults.js';
import { JOURNAL_KINDS } from '../terminal/journal/kinds.js';
import { STATES } from '../terminal/states.js';

/** Alipay's names for the calls, by which the faults of the platform know them too. */
const METHODS = {
  authorize: 'alipay.trade.pay',
  query: 'alipay.trade.query',
  cancel: 'alipay.trade.cancel',
} as const satisfies Record<keyof Pick<Acquirer, 'authorize' | 'query' | 'cancel'>, string>;

/** What moments can be named after, whichever terminal it is. */
export const MOMENT_NAMES: Omit<Moments, 'watch'> = {
  states: STATES,
  methods: Object.values(METHODS),
  records: JOURNAL_KINDS,
};

/** The moments of one terminal, over all its boots. */
export class WorldMoments implements Moments {
  readonly states = MOMENT_NAMES.states;
  readonly methods = MOMENT_NAMES.methods;
  readonly records = MOMENT_NAMES.records;
  readonly #listeners = new Set<(moment: Moment) => void>();

  watch(listener: (moment: Moment) => void): Undo {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Whether anybody waits for a moment. */
  get awaited(): boolean {
    return this.#listeners.size > 0;
  }

  readonly tell = (moment: Moment): void => {
    if (!this.awaited) return;
    for (const listener of [...this.#listeners]) {
      if (this.#listeners.has(listener)) listener(moment); // One before it may have called it off.
    }
  };

  /**
   * The same acquirer for the boot of a terminal. A request whose moment has ended that boot never leaves, and an answer
   * whose moment has ended it, or that comes when it is over, reaches nobody.
   */
  acquirer(inner: Acquirer, isOn: () => boolean): Acquirer {
    const leaves = (call: keyof typeof METHODS) => {
      this.tell({ request: METHODS[call] });
      return isOn();
    };
    const heard =
      <T>(call: keyof typeof METHODS, done: (answer: T) => void) =>
      (answer: T) => {
        if (!isOn()) return;
        this.tell({ answer: METHODS[call], at: 'arrived' });
        if (!isOn()) return;
        done(answer);
        if (isOn()) this.tell({ answer: METHODS[call], at: 'taken' });
      };
    return {
      ...inner,
      authorize: (request, done) => leaves('authorize') && inner.authorize(request, heard('authorize', done)),
      query: (orderNo, done) => leaves('query') && inner.query(orderNo, heard('query', done)),
      cancel: (orderNo, done) => leaves('cancel') && inner.cancel(orderNo, heard('cancel', done)),
    };
  }
}
