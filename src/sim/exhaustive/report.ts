import { shellWord } from '../../base/shell-word.js';
import { failedText, failureHead, failureText } from '../report/failure-text.js';
import { Progress, type ProgressOptions, perSecond } from '../report/progress.js';
import { toldInFull } from '../report/told.js';
import { grouped } from '../report/words.js';
import { type Kept, keptLines } from '../shrink/keep.js';
import type { FailedCase } from './batch.js';
import type { ExhaustiveTotals } from './totals.js';

/** So many files have a line each; of more the dearest have one. */
const FILES_TOLD = 10;
/** Runs that were not played; of more the first ones are told. */
const NOT_PLAYED_TOLD = 20;

/** Shows how exhaustive mode goes on. */
export class CasesProgress {
  readonly #progress: Progress<FailedCase>;
  readonly #cases: number;

  constructor(options: ProgressOptions, cases: number) {
    this.#progress = new Progress(options, failureText);
    this.#cases = cases;
  }

  readonly show = ({ cases, failures, failuresInAll }: ExhaustiveTotals): void => {
    this.#progress.show(failures, (tookMs) =>
      [
        `${grouped(cases)} of ${grouped(this.#cases)} cases`,
        `${grouped(failuresInAll)} failed`,
        perSecond(cases, 'cases', tookMs),
      ].join('  '),
    );
  };

  /** Takes the changing line away, before anybody else writes. */
  end(): void {
    this.#progress.end();
  }
}

export interface CasesSummary {
  readonly totals: ExhaustiveTotals;
  /** What it took of all cores. */
  readonly cpuMs: number;
  readonly tookMs: number;
  readonly pairs: number;
  /** What became of failures that were shrunk, by their ids. */
  readonly kept: ReadonlyMap<string, Kept>;
  /** It was ended before it was through. */
  readonly stopped: boolean;
}

/** What exhaustive mode has to say in the end. */
export function casesLines({ totals, cpuMs, tookMs, pairs, kept, stopped }: CasesSummary): string[] {
  const { runs, rows, cases, skipped, failures, failuresInAll, failed } = totals;
  const told = toldInFull(failures);
  const untold = failuresInAll - told.length;
  const notPossible = skipped === 0 ? '' : `, ${grouped(skipped)} of them not possible on their device`;
  return [
    ...told.flatMap((failure) => [
      '',
      ...failureHead(failure),
      `  repeat: ${caseLine(failure, pairs)}`,
      ...keptLines(kept.get(failure.id)),
    ]),
    ...(untold > 0 ? ['', `… and ${grouped(untold)} more`] : []),
    '',
    ...fileTable(filesOf(totals, cpuMs)),
    '',
    ...hollowLines(totals),
    ...notPlayedLines(totals),
    `${stopped ? 'stopped: ' : ''}${grouped(cases)} cases of ${grouped(runs.length)} of ${grouped(rows)} rows${notPossible}`,
    `${(tookMs / 1_000).toFixed(1)} s, ${(cpuMs / 1_000).toFixed(1)} s CPU, ${(cpuMs / Math.max(cases, 1)).toFixed(1)} ms a case`,
    `failed: ${failedText(failed)}`,
  ];
}

/** Cases that show less than their names say: what was added changed nothing. */
function hollowLines({ hollow, hollowIds }: ExhaustiveTotals): string[] {
  if (hollow === 0) return [];
  return [
    `in ${grouped(hollow)} ${hollow === 1 ? 'case' : 'cases'} what was added did not begin, such as ${hollowIds[0]}`,
  ];
}

function notPlayedLines({ notPlayed }: ExhaustiveTotals): string[] {
  const more = notPlayed.length - NOT_PLAYED_TOLD;
  return [
    ...notPlayed.slice(0, NOT_PLAYED_TOLD).map(({ id, reason }) => `not played: ${id}: ${reason}`),
    ...(more > 0 ? [`not played: ${grouped(more)} more (--json tells all)`] : []),
  ];
}

/** The one line that does it again. Which pairs there are depends on their number. */
export function caseLine({ id, file }: FailedCase, pairs: number): string {
  return `paperjam sweep --exhaustive ${shellWord(file)} --pairs ${pairs} --case ${shellWord(id)}`;
}

export interface FileTotals {
  readonly file: string;
  readonly runs: number;
  readonly cases: number;
  readonly skipped: number;
  readonly hollow: number;
  readonly failed: number;
  readonly cpuMs: number;
}

/** By file. Node knows only what the whole program takes of the cores: each file has its share by the time of its threads. */
export function filesOf({ runs }: ExhaustiveTotals, cpuMs: number): FileTotals[] {
  const inAllMs = runs.reduce((sum, { tookMs }) => sum + tookMs, 0);
  const files = new Map<string, FileTotals>();
  for (const { file, cases, skipped, hollow, failed, tookMs } of runs) {
    const before = files.get(file) ?? { runs: 0, cases: 0, skipped: 0, hollow: 0, failed: 0, cpuMs: 0 };
    files.set(file, {
      file,
      runs: before.runs + 1,
      cases: before.cases + cases,
      skipped: before.skipped + skipped,
      hollow: before.hollow + hollow,
      failed: before.failed + failed,
      cpuMs: before.cpuMs + (inAllMs === 0 ? 0 : (cpuMs * tookMs) / inAllMs),
    });
  }
  return [...files.values()];
}

function fileTable(files: readonly FileTotals[]): string[] {
  const many = files.length > FILES_TOLD;
  const told = many ? [...files].sort((a, b) => b.cpuMs - a.cpuMs).slice(0, FILES_TOLD) : files;
  const sum = (of: (one: FileTotals) => number) => files.reduce((all, one) => all + of(one), 0);
  const rows = [
    ...told.map(rowOf),
    ...(files.length > 1
      ? [
          rowOf({
            file: `all ${grouped(files.length)} fixtures`,
            runs: sum((one) => one.runs),
            cases: sum((one) => one.cases),
            failed: sum((one) => one.failed),
            cpuMs: sum((one) => one.cpuMs),
          }),
        ]
      : []),
  ];
  const head = [many ? `the ${FILES_TOLD} dearest fixtures` : 'fixture', 'runs', 'cases', 'CPU s', 'failed'] as const;
  const width = Math.max(...[head, ...rows].map(([name]) => name.length));
  return [head, ...rows].map(
    ([name, runs, cases, cpu, failed]) =>
      `  ${name.padEnd(width)}${runs.padStart(7)}${cases.padStart(10)}${cpu.padStart(10)}${failed.padStart(8)}`,
  );
}

function rowOf({ file, runs, cases, cpuMs, failed }: Omit<FileTotals, 'skipped' | 'hollow'>) {
  return [file, grouped(runs), grouped(cases), (cpuMs / 1_000).toFixed(1), grouped(failed)] as const;
}
