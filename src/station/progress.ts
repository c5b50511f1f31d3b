import { durationText } from '../report/numbers.js';
import { coloured, fitted, type LineStyle, padded } from '../report/terminal-text.js';
import type { Measurement, PhaseOutcome, PhaseRecord, RunOutcome, RunRecord } from './record.js';
import type { RunFiles } from './report/write-run.js';
import { countsOf, countsText, deviceName, measurementsOf, oneLine, resultText } from './words.js';

/** A phase that has begun, and how many there are. */
export interface BegunPhase {
  readonly name: string;
  readonly title: string;
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

/** What is under way, for the line that changes. */
export interface UnderWay {
  readonly phase: BegunPhase;
  readonly elapsedMs: number;
  readonly measurements: readonly Measurement[];
  /** What hands are asked for, and how long they still have. */
  readonly asked?: { readonly say: string; readonly leftMs: number };
}

/** SGR codes (ECMA-48, 8.3.117). */
const COLOURS: Readonly<Record<PhaseOutcome | RunOutcome, number>> = {
  PASS: 32,
  MARGINAL: 33,
  FAIL: 31,
  SKIPPED: 90,
  ERROR: 35,
  ABORTED: 35,
};

const OUTCOME_COLUMNS = 'MARGINAL'.length;
const TITLE_COLUMNS = 34;

/** The line that changes: `12/14 Fault: cover open, 2 measured, 1 failed, 7 s`, or what hands are asked for. */
export function underWayLine({ phase, elapsedMs, measurements, asked }: UnderWay, style: LineStyle): string {
  const failed = countsOf(measurements).FAIL;
  const parts = [
    `${place(phase)} ${oneLine(phase.title)}`,
    ...(measurements.length === 0 ? [] : [`${measurements.length} measured`]),
    ...(failed === 0 ? [] : [`${failed} failed`]),
    durationText(Math.floor(Math.max(0, elapsedMs) / 1000) * 1000)
      .replace(/^0 ms$/, '0 s')
      .replace(/\.0 s$/, ' s'),
  ];
  const line = asked === undefined ? parts.join(', ') : `${place(phase)} ${askedText(asked.say, asked.leftMs)}`;
  return fitted(line, style.columns);
}

/** What stays when hands are asked for something. */
export function askedLine(say: string, timeLimitMs: number): string {
  return `${' '.repeat(OUTCOME_COLUMNS + 1)}asked: ${askedText(say, timeLimitMs)}`;
}

function askedText(say: string, leftMs: number): string {
  return `${oneLine(say)} (${Math.ceil(Math.max(0, leftMs) / 1000)} s)`;
}

/** What stays of a phase: one line, and below it what failed, and why it broke off. */
export function endedLines(phase: PhaseRecord, at: Pick<BegunPhase, 'number' | 'of'>, style: LineStyle): string[] {
  const { outcome, title, measurements, durationMs, notes } = phase;
  const words = `${place(at)} ${padded(oneLine(title), TITLE_COLUMNS)} ${countsText(countsOf(measurements))}`;
  const last = notes.at(-1);
  const broken = outcome === 'ERROR' || outcome === 'ABORTED';
  return [
    `${outcomeText(outcome, style)} ${words}, ${durationText(durationMs)}`,
    ...failures(measurements),
    ...(broken && last !== undefined ? [`${INDENT}${oneLine(last)}`] : []),
  ];
}

const INDENT = ' '.repeat(OUTCOME_COLUMNS + 1);

function failures(measurements: readonly Measurement[]): string[] {
  return measurements.filter(({ outcome }) => outcome === 'FAIL').map((one) => `${INDENT}${failureText(one)}`);
}

function failureText(measurement: Measurement): string {
  const { name, title, note } = measurement;
  const words = `${oneLine(name)}: ${oneLine(title)}: ${oneLine(resultText(measurement))}`;
  return note === undefined ? words : `${words}. ${oneLine(note)}`;
}

/** The end of a run: outcome, counts, what failed, and where the files are. */
export function summaryLines(record: RunRecord, files: RunFiles | undefined, style: LineStyle): string[] {
  const { outcome, why, startedAt, endedAt } = record;
  const all = measurementsOf(record);
  const took = durationText(Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)));
  const where =
    files === undefined ? [] : Object.entries({ report: files.html, record: files.record, junit: files.junit });
  return [
    '',
    `${outcomeText(outcome, style)} ${oneLine(deviceName(record))}: ${countsText(countsOf(all))}, ${took}`,
    ...(why === undefined ? [] : [`${INDENT}${oneLine(why)}`]),
    ...failures(all),
    ...where.map(([what, path]) => `${padded(what, OUTCOME_COLUMNS)} ${path}`),
  ];
}

function outcomeText(outcome: PhaseOutcome | RunOutcome, style: LineStyle): string {
  return coloured(padded(outcome, OUTCOME_COLUMNS), COLOURS[outcome], style);
}

function place({ number, of }: Pick<BegunPhase, 'number' | 'of'>): string {
  return `${String(number).padStart(String(of).length)}/${of}`;
}
