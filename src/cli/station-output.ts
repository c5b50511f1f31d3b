import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import type { Learned } from '../station/learn/learn.js';
import type { Measurement, RunRecord } from '../station/record.js';
import type { StationListener } from '../station/results.js';
import type { FinishedRun } from '../station/run.js';

/** What is said while a run goes on: one line for each measurement. */
export function progress(say: (text: string) => void): StationListener {
  return {
    phaseBegun: ({ title, number, of }) => say(`[${number}/${of}] ${title}`),
    measured: (_, measurement) => say(`  ${measurementText(measurement)}`),
    asked: (_, what, timeLimitMs) => say(`  ? ${what} (${timeLimitMs / 1_000} s)`),
    phaseEnded: ({ outcome, durationMs }) => say(`  = ${outcome}, ${(durationMs / 1_000).toFixed(1)} s`),
  };
}

function measurementText({ outcome, name, value, unit, note }: Measurement): string {
  const said = value === undefined ? '' : ` ${value}${unit === undefined ? '' : ` ${unit}`}`;
  return `${outcome.padEnd(8)} ${name}${said}${note === undefined ? '' : `  (${note})`}`;
}

/** How a run ended, in a few lines. */
export function runText({ outcome, why, phases }: RunRecord, out: string): string {
  const failed = phases.flatMap(({ measurements }) => measurements).filter((one) => one.outcome === 'FAIL');
  return [
    `${outcome}${why === undefined ? '' : `: ${why}`}`,
    ...failed.map((one) => `  ${measurementText(one)}`),
    `  record ${join(out, 'record.json')}`,
  ].join('\n');
}

/** What was learned of a printer, in a few lines. */
export function learnedText(file: string, { changes }: Learned): string {
  const words = changes.length === 0 ? 'as the profile says' : 'not as the profile says:';
  return [`  learned ${file}, ${words}`, ...changes.map((change) => `    ${change}`)].join('\n');
}

/** Before the run, so that it is not made in vain. Throws `PJ_RENDER_OUTPUT`. */
export function makeFolder(out: string): void {
  writing(out, () => mkdirSync(out, { recursive: true }));
}

/** The record, and its pictures beside it. Throws `PJ_RENDER_OUTPUT`. */
export function keepRun(out: string, { record, files }: FinishedRun): void {
  const all: [string, Uint8Array | string][] = [...files, ['record.json', `${JSON.stringify(record, null, 2)}\n`]];
  for (const [file, content] of all) {
    const path = join(out, file);
    writing(path, () => writeFileSync(path, content));
  }
}

function writing(path: string, write: () => void): void {
  try {
    write();
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new PaperjamError('PJ_RENDER_OUTPUT', { path, problem }, { cause });
  }
}
