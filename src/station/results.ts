import { createHash } from 'node:crypto';
import { judge, outcomeOfPhase } from './judge.js';
import type {
  Attachment,
  Chart,
  Limits,
  Measurement,
  MeasurementOutcome,
  PhaseOutcome,
  PhaseRecord,
} from './record.js';
import { rounded } from './statistics.js';

/** What is to be measured. */
export interface Measurable {
  /** Unique in the run: `latency.idle.p99`. */
  readonly name: string;
  readonly title: string;
  readonly unit?: string;
  /** Those of the profile; the plan may override them. */
  readonly limits?: Limits;
}

/** Who hears of a run as it goes on. */
export interface StationListener {
  phaseBegun?(phase: {
    readonly name: string;
    readonly title: string;
    readonly number: number;
    readonly of: number;
  }): void;
  measured?(phase: string, measurement: Measurement): void;
  noted?(phase: string, note: string): void;
  /** Hands are asked for something, and for how long. */
  asked?(phase: string, say: string, timeLimitMs: number): void;
  phaseEnded?(phase: PhaseRecord): void;
}

/** What is common to the phases of one run. */
export interface RunResults {
  readonly listener: StationListener;
  /** Limits of the plan, by the measurement's name. */
  readonly limits: Readonly<Record<string, Limits>>;
  /** Names of measurements so far. */
  readonly names: Set<string>;
  /** Contents of the attachments, by the file that the record names. */
  readonly files: Map<string, Uint8Array>;
}

/** Collects what one phase finds out. */
export class PhaseResults {
  readonly phase: string;
  readonly #title: string;
  readonly #run: RunResults;
  readonly #measurements: Measurement[] = [];
  readonly #charts: Chart[] = [];
  readonly #attachments: Attachment[] = [];
  readonly #notes: string[] = [];

  constructor(phase: string, title: string, run: RunResults) {
    this.phase = phase;
    this.#title = title;
    this.#run = run;
  }

  /** A value, judged by its limits. Words in place of a number (`no answer`) fail, limited or not. */
  measure(what: Measurable, value: number | string | boolean, note?: string): MeasurementOutcome {
    const limits = this.#limitsOf(what);
    const kept = typeof value === 'number' ? rounded(value, 3) : value;
    const missing = what.unit !== undefined && typeof kept !== 'number';
    return this.#add(what, { value: kept, limits, outcome: missing ? 'FAIL' : judge(kept, limits), note });
  }

  skip(what: Measurable, why: string): void {
    this.#add(what, { limits: this.#limitsOf(what), outcome: 'SKIPPED', note: why });
  }

  chart(chart: Chart): void {
    this.#charts.push(chart);
  }

  attach(name: string, type: 'image/png', content: Uint8Array): void {
    const file = `${this.phase}-${name}.png`;
    if (this.#run.files.has(file)) throw new Error(`the station attached ${file} twice`);
    this.#run.files.set(file, content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    this.#attachments.push({ name, file, type, bytes: content.length, sha256 });
  }

  note(text: string): void {
    this.#notes.push(text);
    this.#run.listener.noted?.(this.phase, text);
  }

  /** Something is asked of whoever is there. */
  asked(say: string, timeLimitMs: number): void {
    this.#notes.push(`asked: ${say}`);
    this.#run.listener.asked?.(this.phase, say, timeLimitMs);
  }

  record(times: { readonly startedAt: string; readonly durationMs: number }, ended?: PhaseOutcome): PhaseRecord {
    return {
      name: this.phase,
      title: this.#title,
      ...times,
      outcome: ended ?? outcomeOfPhase(this.#measurements),
      measurements: this.#measurements,
      charts: this.#charts,
      attachments: this.#attachments,
      notes: this.#notes,
    };
  }

  #limitsOf({ name, limits }: Measurable): Limits | undefined {
    const planned = this.#run.limits[name];
    if (limits === undefined && planned === undefined) return undefined;
    const entries = Object.entries({ ...limits, ...planned });
    return Object.fromEntries(
      entries.map(([key, limit]) => [key, typeof limit === 'number' ? rounded(limit, 3) : limit]),
    );
  }

  #add(
    { name, title, unit }: Measurable,
    found: Pick<Measurement, 'outcome'> & {
      value?: number | string | boolean;
      limits: Limits | undefined;
      note: string | undefined;
    },
  ): MeasurementOutcome {
    if (this.#run.names.has(name)) throw new Error(`the station measured ${name} twice`);
    this.#run.names.add(name);
    const { value, limits, outcome, note } = found;
    const measurement: Measurement = {
      name,
      title,
      ...(value === undefined ? {} : { value }),
      ...(unit === undefined || typeof value === 'string' ? {} : { unit }),
      ...(limits === undefined ? {} : { limits }),
      outcome,
      ...(note === undefined ? {} : { note }),
    };
    this.#measurements.push(measurement);
    this.#run.listener.measured?.(this.phase, measurement);
    return outcome;
  }
}
