import { PaperjamError } from '../base/errors.js';
import { firstProblem, nearest } from '../base/problem.js';
import type { Undo } from '../ports/faults.js';
import { FAULT_NAMES, FAULTS } from './catalogue.js';
import { FAULT_FRAME, type Fault, type FaultFrame, type FaultGround, type FaultRecord } from './fault.js';
import { tellingSites } from './struck.js';
import { countOf, fits, isTerminalWhen, type TerminalWhen, unknownName, type When, whenProblem } from './when.js';

/** A fault that was put in and has not been cleared. */
export interface ActiveFault {
  readonly id: string;
  readonly fault: string;
  readonly when: When;
  /** How many milliseconds it lasts from its beginning; until cleared if absent. */
  readonly for?: number;
  /** As it was put in, with the defaults filled in. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** It has begun; before, it waits for its moment. */
  readonly begun: boolean;
  /** When it first made something other than it would have been, by the world's clock. Absent: it has met no occasion yet. */
  readonly struckAtMs?: number;
}

interface Entry {
  readonly fault: Fault;
  readonly view: ActiveFault & { begun: boolean; struckAtMs?: number };
  /** Takes it back: first the wait for its moment, then the fault itself. */
  undo: Undo;
  /** Forgets the end that was set for it. */
  forgetEnd: Undo;
}

/** Moments that come when so many have come by. */
type Counted = Extract<When, { line: number } | { byte: number } | { event: number }>;

/** Puts faults into a world, and takes them out again. */
export class FaultBoard {
  readonly #ground: FaultGround;
  readonly #active = new Map<string, Entry>();
  readonly #watchers = new Set<() => void>();
  #count = 0;

  constructor(ground: FaultGround) {
    this.#ground = ground;
  }

  /** Checks the record too, wherever it came from. Throws `PJ_FAULT_UNKNOWN`, `PJ_FAULT_FIELD`, `PJ_FAULT_IMPOSSIBLE`. */
  put(record: FaultRecord): ActiveFault {
    const { fault: name, ...fields } = record;
    const fault = findFault(name);
    this.#mustHave(fault, fault.needs);
    this.#mustHavePart(fault);
    const { when = fault.usually ?? 'now', for: forMs, ...attributes } = read(fault, fields);
    const also = fault.alsoNeeds?.(attributes);
    if (also !== undefined) this.#mustHave(fault, also);
    const lacks = fault.lacks?.(this.#ground.sites, attributes);
    if (lacks !== undefined) throw impossible(name, lacks);
    this.#mustKnow(fault, when);
    const id = `f${++this.#count}`;
    const view = { id, fault: name, when, ...(forMs === undefined ? {} : { for: forMs }), attributes, begun: false };
    const entry: Entry = { fault, view, undo: () => {}, forgetEnd: () => {} };
    this.#active.set(id, entry);
    const forget = this.#at(when, () => this.#begin(entry));
    if (!view.begun) entry.undo = forget;
    return view;
  }

  /** `false` if there is no such fault any more. */
  clear(id: string): boolean {
    const entry = this.#active.get(id);
    if (entry === undefined) return false;
    this.#active.delete(id);
    entry.forgetEnd();
    if (!entry.view.begun || !this.#goesOn(entry.fault)) entry.undo();
    this.#changed();
    return true;
  }

  clearAll(): void {
    for (const id of [...this.#active.keys()]) this.clear(id);
  }

  /** Hears at once when a fault has begun, or is there no more; the result forgets about it. */
  watch(changed: () => void): Undo {
    this.#watchers.add(changed);
    return () => void this.#watchers.delete(changed);
  }

  /** Bytes to the printer that faults hold on their way, those that were cleared too. */
  get heldBytes(): number {
    return this.#ground.sites.printerLink?.heldBytes('to-printer') ?? 0;
  }

  active(): ActiveFault[] {
    return [...this.#active.values()].map(({ view }) => view);
  }

  /** Another of the same kind keeps up the condition that the place is in. */
  #goesOn(fault: Fault): boolean {
    if (fault.condition !== true) return false;
    return [...this.#active.values()].some((other) => other.fault === fault && other.view.begun);
  }

  #begin(entry: Entry): void {
    const { fault, view } = entry;
    const { clock, random, sites } = this.#ground;
    if (view.for !== undefined) {
      const timer = clock.setTimeout(() => this.clear(view.id), view.for);
      entry.forgetEnd = () => clock.clearTimeout(timer);
    }
    view.begun = true;
    const struck = () => {
      view.struckAtMs ??= clock.now();
    };
    const own = { sites: tellingSites(sites, struck), random: random.fork(view.id) };
    entry.undo = fault.begin({ ...this.#ground, ...own }, view.attributes);
    this.#changed();
  }

  #changed(): void {
    for (const changed of this.#watchers) changed();
  }

  /** The site that the moment needs has been found to be there. */
  #at(when: When, begin: () => void): Undo {
    const { clock } = this.#ground;
    if (isTerminalWhen(when)) return this.#atMoment(when, begin);
    if (when === 'now') {
      begin();
      return () => {};
    }
    if ('afterMs' in when) {
      const timer = clock.setTimeout(begin, when.afterMs);
      return () => clock.clearTimeout(timer);
    }
    return this.#afterSoMany(when, begin) ?? (() => {});
  }

  #afterSoMany(when: Counted, begin: () => void): Undo | undefined {
    const { sites, events } = this.#ground;
    if ('event' in when) return events?.afterEvents(when.event, begin);
    if ('line' in when) return sites.printer?.afterLines(when.line - 1, begin);
    return sites.printerLink?.afterBytes(when.byte, begin, when.from === 'printer' ? 'to-host' : 'to-printer');
  }

  #atMoment(when: TerminalWhen, begin: () => void): Undo {
    let left = countOf(when);
    const forget = this.#ground.moments?.watch((moment) => {
      if (left === 0 || !fits(when, moment) || --left > 0) return;
      forget?.();
      begin();
    });
    return forget ?? (() => {});
  }

  /** That the moment can come here, and that there is such a one. */
  #mustKnow(fault: Fault, when: When): void {
    if (when !== 'now' && 'line' in when) this.#mustHave(fault, 'printer');
    if (when !== 'now' && 'byte' in when) this.#mustHave(fault, 'printerLink');
    if (when !== 'now' && 'event' in when && this.#ground.events === undefined)
      throw impossible(fault.name, 'events that can be counted: they are in virtual time only');
    if (!isTerminalWhen(when)) return;
    const { moments } = this.#ground;
    if (moments === undefined) throw impossible(fault.name, 'terminal that can be made to fail');
    const wrong = unknownName(when, moments);
    if (wrong !== undefined) throw new PaperjamError('PJ_FAULT_FIELD', { name: fault.name, ...wrong });
  }

  #mustHave({ name }: Fault, needs: Fault['needs']): void {
    const { sites, wanting } = this.#ground;
    if (sites[needs] !== undefined) return;
    const words = needs === 'notices' ? 'notices (notify: true asks for them)' : `${needs} that can be made to fail`;
    throw impossible(name, wanting?.[needs] ?? words);
  }

  #mustHavePart({ name, part }: Fault): void {
    if (part === undefined || this.#ground.sites.printer?.parts.has(part)) return;
    throw impossible(name, `printer with a ${part} that can be made to fail`);
  }
}

function impossible(name: string, needs: string): PaperjamError {
  return new PaperjamError('PJ_FAULT_IMPOSSIBLE', { name, needs });
}

/** A fault of the catalogue. Throws `PJ_FAULT_UNKNOWN`, with the nearest name. */
export function findFault(name: string): Fault {
  const fault = FAULTS.find((one) => one.name === name);
  if (fault !== undefined) return fault;
  const near = nearest(name, FAULT_NAMES);
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  throw new PaperjamError('PJ_FAULT_UNKNOWN', { name, hint, known: FAULT_NAMES.join(', ') });
}

/** What each fault takes, its frame included. A schema is dear to make. */
const SCHEMAS = new Map(FAULTS.map((fault) => [fault, fault.attributes.extend(FAULT_FRAME)]));

function read(fault: Fault, fields: object): FaultFrame & Record<string, unknown> {
  const { name } = fault;
  const schema = SCHEMAS.get(fault) ?? fault.attributes.extend(FAULT_FRAME);
  const parsed = schema.safeParse(fields, { reportInput: true });
  if (parsed.success) return parsed.data as FaultFrame & Record<string, unknown>; // The fault's schema and the frame's.
  const inWhen = parsed.error.issues[0]?.path[0] === 'when' && 'when' in fields ? whenProblem(fields.when) : undefined;
  const { path, problem } = inWhen ?? firstProblem(parsed.error, schema);
  throw new PaperjamError('PJ_FAULT_FIELD', { name, path, problem });
}
