import { z } from 'zod';
import { PaperjamError } from '../base/errors.js';
import type { Undo } from '../ports/faults.js';
import { FAULT_NAMES, FAULTS } from './catalogue.js';
import type { Fault, FaultGround, When } from './fault.js';

const WHEN = z.union([
  z.literal('now'),
  z.strictObject({ afterMs: z.number().min(0) }),
  z.strictObject({ line: z.int().min(1) }),
  z.strictObject({ byte: z.int().min(1) }),
]);

/** The one shape of a fault, in a fixture, on the command line and over the API: `{fault, when, for, …attributes}`. */
export const FAULT_RECORD = z.looseObject({
  fault: z.string().describe('a name of the catalogue'),
  when: WHEN.optional().describe('when it begins; each fault has its usual moment'),
  for: z.number().min(0).optional().describe('how many milliseconds it lasts; until cleared if nothing is said'),
});

export type FaultRecord = z.infer<typeof FAULT_RECORD>;

/** A fault that was put in and has not been cleared. */
export interface ActiveFault {
  readonly id: string;
  readonly fault: string;
  readonly when: When;
  readonly forMs: number | undefined;
  /** It has begun; before, it waits for its moment. */
  readonly begun: boolean;
}

/** Puts faults into a world, and takes them out again. */
export class FaultBoard {
  readonly #ground: FaultGround;
  readonly #active = new Map<string, { view: ActiveFault; undo: Undo }>();
  #count = 0;

  constructor(ground: FaultGround) {
    this.#ground = ground;
  }

  /** Throws `PJ_FAULT_UNKNOWN`, `PJ_FAULT_FIELD` or `PJ_FAULT_IMPOSSIBLE`. */
  put(record: FaultRecord): ActiveFault {
    const { fault: name, when: asked, for: forMs, ...rest } = record;
    const fault = FAULTS.find((one) => one.name === name);
    if (fault === undefined) throw new PaperjamError('PJ_FAULT_UNKNOWN', { name, known: FAULT_NAMES.join(', ') });
    if (this.#ground.sites[fault.needs] === undefined) {
      throw new PaperjamError('PJ_FAULT_IMPOSSIBLE', { name, needs: fault.needs });
    }
    const attributes = fault.attributes.safeParse(rest);
    if (!attributes.success) {
      const [issue] = attributes.error.issues;
      throw new PaperjamError('PJ_FAULT_FIELD', { name, field: issue?.path.join('.'), problem: issue?.message });
    }
    const when = asked ?? fault.usually ?? 'now';
    const id = `f${++this.#count}`;
    const view = { id, fault: name, when, forMs, begun: false };
    const entry: { view: typeof view; undo: Undo } = { view, undo: () => {} };
    const begin = () => {
      if (forMs !== undefined) this.#ground.clock.setTimeout(() => this.clear(id), forMs);
      view.begun = true;
      entry.undo = fault.begin(this.#ground, attributes.data);
    };
    this.#active.set(id, entry);
    if (when === 'now') begin();
    else {
      const forget = this.#wait(fault, when, begin);
      if (!view.begun) entry.undo = forget;
    }
    return view;
  }

  /** `false` if there is no such fault any more. */
  clear(id: string): boolean {
    const entry = this.#active.get(id);
    if (entry === undefined) return false;
    this.#active.delete(id);
    entry.undo();
    return true;
  }

  clearAll(): void {
    for (const id of [...this.#active.keys()]) this.clear(id);
  }

  active(): ActiveFault[] {
    return [...this.#active.values()].map(({ view }) => view);
  }

  #wait(fault: Fault, when: Exclude<When, 'now'>, begin: () => void): Undo {
    const { clock, sites } = this.#ground;
    if ('afterMs' in when) {
      const timer = clock.setTimeout(begin, when.afterMs);
      return () => clock.clearTimeout(timer);
    }
    const needs = 'line' in when ? 'printer' : 'printerLink';
    const undo =
      'line' in when
        ? sites.printer?.afterLines(when.line - 1, begin)
        : sites.printerLink?.afterBytes(when.byte, begin);
    if (undo === undefined) throw new PaperjamError('PJ_FAULT_IMPOSSIBLE', { name: fault.name, needs });
    return undo;
  }
}
