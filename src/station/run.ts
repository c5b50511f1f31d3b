import type { Timer } from '../ports/clock.js';
import { Bench } from './bench.js';
import { COOLING_MS, prepare } from './condition.js';
import type { Ground } from './ground.js';
import { outcomeOfRun } from './judge.js';
import type { Phase } from './phase.js';
import type { Plan } from './plan.js';
import { putInOrder } from './put-in-order.js';
import type { PhaseOutcome, PhaseRecord, RunRecord } from './record.js';
import { PhaseResults, type RunResults, type StationListener } from './results.js';
import { rounded } from './statistics.js';
import type { Wait, Work } from './wait.js';

export interface RunOptions {
  readonly ground: Ground;
  readonly plan: Plan;
  /** In their order. */
  readonly phases: readonly Phase[];
  readonly runId: string;
  readonly station: Omit<RunRecord['station'], 'clock'>;
  /** Put into the emulated printer before. */
  readonly faults?: readonly string[];
  readonly listener?: StationListener;
}

export interface FinishedRun {
  readonly record: RunRecord;
  /** Contents of the attachments, by the file that the record names. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** How long a printer is given to be put in order; a head that is too hot has to cool first. */
const ORDER_MS = COOLING_MS + 15_000;

/**
 * One run of the station: its phases one after the other, and at the end, whatever came, a printer that is in order and
 * a record that is whole. Runs on the ground's clock, and ends by calling `done`, once.
 */
export class StationRun {
  readonly #options: RunOptions;
  readonly #done: (finished: FinishedRun) => void;
  readonly #bench: Bench;
  readonly #results: RunResults;
  readonly #records: PhaseRecord[] = [];
  readonly #startMs: number;
  readonly #work: Work;
  #wait: Wait | undefined;
  #timer: Timer;
  #stepping = false;
  #over = false;
  #aborted: string | undefined;
  #hurried = false;
  #error: string | undefined;

  constructor(options: RunOptions, done: (finished: FinishedRun) => void) {
    this.#options = options;
    this.#done = done;
    const { ground, plan, listener = {} } = options;
    this.#results = { listener, limits: plan.limits, names: new Set(), files: new Map() };
    this.#bench = new Bench(ground, plan, new PhaseResults('', '', this.#results), () => this.#step());
    this.#startMs = ground.clock.now();
    this.#work = this.#program();
  }

  /** `done` may come from inside this call, when there is nothing to wait for. */
  start(): void {
    this.#step();
  }

  /** Ends the phase under way and the run. A second time: without putting the printer in order. */
  abort(why: string): void {
    if (this.#over) return;
    if (this.#aborted !== undefined) this.#hurried = true;
    this.#aborted ??= why;
    this.#step();
  }

  /** Goes on with the work as far as it goes without waiting. */
  #step(): void {
    if (this.#stepping || this.#over) return; // Called from inside the work: it looks by itself.
    this.#stepping = true;
    const { clock } = this.#options.ground;
    while (this.#wait === undefined || this.#wait.until() || clock.now() >= this.#wait.dueMs) {
      const { done, value } = this.#work.next();
      if (done === true) {
        this.#over = true;
        break;
      }
      this.#wait = value;
    }
    this.#stepping = false;
    clock.clearTimeout(this.#timer);
    if (this.#over) this.#end();
    else if (this.#wait !== undefined) this.#sleep(this.#wait);
  }

  #sleep({ dueMs, everyMs }: Wait): void {
    const { clock } = this.#options.ground;
    const leftMs = dueMs - clock.now();
    this.#timer = clock.setTimeout(() => this.#step(), Math.min(leftMs, everyMs ?? leftMs));
  }

  *#program(): Work {
    const { phases } = this.#options;
    for (const [i, phase] of phases.entries()) {
      if (this.#aborted !== undefined) break;
      this.#results.listener.phaseBegun?.({ name: phase.name, title: phase.title, number: i + 1, of: phases.length });
      yield* this.#phase(phase);
    }
    this.#bench.results = new PhaseResults('', '', this.#results);
    try {
      yield* this.#within(putInOrder(this.#bench), ORDER_MS, () => this.#hurried);
    } catch (error) {
      this.#error ??= `putting the printer in order: ${wordsOf(error)}`;
    }
    this.#bench.close();
  }

  *#phase(phase: Phase): Work {
    const { clock } = this.#options.ground;
    const results = new PhaseResults(phase.name, phase.title, this.#results);
    this.#bench.results = results;
    const startMs = clock.now();
    let ended: PhaseOutcome | undefined;
    try {
      const limitMs = phase.limitMs(this.#options.plan, this.#bench);
      const how = yield* this.#within(this.#whole(phase), limitMs, () => this.#aborted !== undefined);
      if (how === 'stopped') {
        ended = 'ABORTED';
        results.note(`${this.#aborted}`);
      } else if (how === 'late') {
        const inTime = { name: `${phase.name}.in-time`, title: 'the phase ends in its time', limits: { equals: true } };
        results.measure(inTime, false, `not over after ${limitMs / 1_000} s`);
      }
    } catch (error) {
      ended = 'ERROR';
      results.note(`error: ${wordsOf(error)}`);
      this.#error ??= `${phase.name}: ${wordsOf(error)}`;
    }
    const { line } = this.#bench;
    if (line.state === 'lost' && phase.needs !== 'nothing') results.note(`the link is down: ${line.whyDown}`);
    const startedAt = new Date(startMs).toISOString();
    const record = results.record({ startedAt, durationMs: rounded(clock.now() - startMs, 1) }, ended);
    this.#bench.untidy ||= ['FAIL', 'ERROR', 'ABORTED'].includes(record.outcome);
    this.#records.push(record);
    this.#results.listener.phaseEnded?.(record);
  }

  /** A phase with what has to be so before it. What stands in its way fails once, and later phases are skipped for it. */
  *#whole(phase: Phase): Work {
    if (phase.needs !== 'nothing') {
      const trouble = yield* prepare(this.#bench, phase.needs);
      if (trouble !== undefined) {
        const { results, reported } = this.#bench;
        const ready = { name: `${phase.name}.ready`, title: 'ready to begin', limits: { equals: 'ready' } };
        if (reported.has(trouble)) results.skip(ready, `still: ${trouble}`);
        else results.measure(ready, trouble);
        reported.add(trouble);
        return;
      }
    }
    yield* phase.run(this.#bench);
  }

  /** Some work, to its end, until it is stopped, or until its time is up. */
  *#within(work: Work, limitMs: number, stopped: () => boolean): Work<'ended' | 'stopped' | 'late'> {
    const { clock } = this.#options.ground;
    const endMs = clock.now() + limitMs;
    for (let step = work.next(); step.done !== true; step = work.next()) {
      const wait = step.value;
      yield { ...wait, until: () => stopped() || wait.until(), dueMs: Math.min(wait.dueMs, endMs) };
      const how = stopped() ? 'stopped' : clock.now() >= endMs ? 'late' : undefined;
      if (how === undefined) continue;
      work.return();
      return how;
    }
    return 'ended';
  }

  #end(): void {
    const { ground, runId, station, faults = [] } = this.#options;
    const { clock, profile, printer, clockKind } = ground;
    const ended = this.#error === undefined ? outcomeOfRun(this.#records) : 'ERROR';
    const outcome = this.#aborted === undefined ? ended : 'ABORTED';
    const left = this.#options.phases.length - this.#records.length;
    const notBegun = left === 0 ? '' : `; ${left} of ${this.#options.phases.length} phases not begun`;
    const why = this.#aborted === undefined ? this.#error : `${this.#aborted}${notBegun}`;
    const record: RunRecord = {
      format: 'paperjam.station/1',
      runId,
      outcome,
      ...(why === undefined ? {} : { why }),
      dut: { profile: profile.id, printer, ...this.#bench.identity },
      station: { ...station, clock: clockKind },
      startedAt: new Date(this.#startMs).toISOString(),
      endedAt: new Date(clock.now()).toISOString(),
      faults: [...faults],
      phases: this.#records,
    };
    this.#done({ record, files: this.#results.files });
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
