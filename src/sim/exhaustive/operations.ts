import type { When } from '../../faults/when.js';
import type { Fixture } from '../../fixture/language/fixture.js';
import { playVirtual } from '../../fixture/run.js';
import type { Moment } from '../../ports/faults.js';
import type { PreparedDevice, Simulation } from '../../world/simulated.js';
import { plannedOf } from '../planned-of.js';

/** A moment of a run at which the power can go. */
export interface Operation {
  /** Its place among all moments and requests of the run; of two, the later one has the higher. */
  readonly order: number;
  readonly when: When;
  /** In words: `event 137`, `byte 12 from the printer`, `journal payment append`. */
  readonly name: string;
  /** Something of the journal may not be durable then, so that it matters what the flash keeps. */
  readonly unsynced: boolean;
}

/** A request to the platform, from 1. */
export interface RequestMade {
  readonly order: number;
  readonly nth: number;
  readonly method: string;
}

/** All that happens in a run and can be struck, in the order in which it happens. */
export interface Operations {
  /** Inside events: records of the journal, requests and answers, states. */
  readonly moments: readonly Operation[];
  /** Behind each event. */
  readonly events: readonly Operation[];
  /** Behind each byte on the printer's line, both ways. */
  readonly bytes: readonly Operation[];
  readonly requests: readonly RequestMade[];
}

/** A run of a fixture, with all that can be struck in it. */
export interface Struck {
  readonly fixture: Fixture;
  readonly device: PreparedDevice;
  readonly operations: Operations;
}

/** The run did not come as far as its end: this says why. */
export type NotPlayed = { readonly outcome: 'skipped' | 'broken'; readonly reason: string };

/** Behind its last step a fixture rests for a second. In a case everything heals there, inside the event that ends the step. */
const REST_MS = 1_000;

/** Plays a fixture once, as it is, and takes down its operations. */
export function operationsOf(fixture: Fixture, id: string, device: PreparedDevice): Operations | NotPlayed {
  let log: OperationLog | undefined;
  const run = playVirtual(plannedOf(fixture, id), device, {
    timeline: false,
    opened: (simulation) => {
      log = new OperationLog(simulation);
    },
  });
  const { outcome, reason = '' } = run;
  if (outcome === 'skipped' || outcome === 'broken') return { outcome, reason };
  return log?.until(run.worldMs - REST_MS) ?? { outcome: 'broken', reason: 'it has no world' };
}

/** When it happened, besides. */
type Timed<T> = T & { readonly atMs: number };

class OperationLog {
  readonly #simulation: Simulation;
  readonly #startMs: number;
  readonly #moments: Timed<Operation>[] = [];
  readonly #events: Timed<Operation>[] = [];
  readonly #bytes: Timed<Operation>[] = [];
  readonly #requests: Timed<RequestMade>[] = [];
  readonly #counts = new Map<string, number>();
  #order = 0;
  #seen = { toPrinter: 0, fromPrinter: 0 };
  /** How it was before the event under way. */
  #wasUnsynced = false;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
    this.#startMs = simulation.clock.now();
    simulation.world.moments.watch((moment) => this.#moment(moment));
    this.#nextEvent();
  }

  until(ms: number): Operations {
    const before = <T>(all: readonly Timed<T>[]) => all.filter(({ atMs }) => atMs < ms);
    return {
      moments: before(this.#moments),
      events: before(this.#events),
      bytes: before(this.#bytes),
      requests: before(this.#requests),
    };
  }

  get #atMs(): number {
    return this.#simulation.clock.now() - this.#startMs;
  }

  get #unsynced(): boolean {
    const flash = this.#simulation.flash();
    return flash.length > flash.syncedLength;
  }

  #moment(moment: Moment): void {
    const atMs = this.#atMs;
    if ('request' in moment) {
      const order = this.#order++;
      this.#requests.push({ order, nth: this.#count('requests'), method: moment.request, atMs });
    }
    if ('state' in moment && moment.from === moment.state) return; // Not entered.
    const name = nameOf(moment);
    const nth = this.#count(name);
    const operation = { name: nth === 1 ? name : `${name} ${nth}`, unsynced: this.#unsynced, atMs };
    this.#moments.push({ ...operation, order: this.#order++, when: whenOf(moment, nth) });
  }

  #nextEvent(): void {
    this.#simulation.clock.afterEvents(1, () => {
      this.#event();
      this.#nextEvent();
    });
  }

  #event(): void {
    const { lineBytes } = this.#simulation;
    const unsynced = this.#unsynced;
    const during = { order: this.#order, unsynced: unsynced || this.#wasUnsynced, atMs: this.#atMs };
    const seen = { toPrinter: lineBytes('to-printer'), fromPrinter: lineBytes('to-host') };
    for (let byte = this.#seen.toPrinter + 1; byte <= seen.toPrinter; byte++)
      this.#bytes.push({ when: { byte }, name: `byte ${byte} to the printer`, ...during });
    for (let byte = this.#seen.fromPrinter + 1; byte <= seen.fromPrinter; byte++)
      this.#bytes.push({ when: { byte, from: 'printer' }, name: `byte ${byte} from the printer`, ...during });
    const event = this.#events.length + 1;
    this.#events.push({ when: { event }, name: `event ${event}`, ...during, unsynced });
    this.#seen = seen;
    this.#wasUnsynced = unsynced;
  }

  #count(what: string): number {
    const count = (this.#counts.get(what) ?? 0) + 1;
    this.#counts.set(what, count);
    return count;
  }
}

function nameOf(moment: Moment): string {
  if ('journal' in moment) return `journal ${moment.journal} ${moment.at}`;
  if ('till' in moment) return `till ${moment.till} ${moment.at}`;
  if ('request' in moment) return `request ${moment.request}`;
  return 'answer' in moment ? `answer ${moment.answer} ${moment.at}` : `state ${moment.state}`;
}

/** The n-th of its kind. */
function whenOf(moment: Moment, nth: number): When {
  if ('journal' in moment) return { journal: moment.journal, at: moment.at, nth };
  if ('till' in moment) return { till: moment.till, at: moment.at, nth };
  if ('request' in moment) return { request: nth, method: moment.request };
  return 'answer' in moment ? { answer: nth, method: moment.answer, at: moment.at } : { state: moment.state, nth };
}
