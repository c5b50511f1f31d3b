import { PaperjamError } from '../../base/errors.js';
import type { Fixture } from '../../fixture/language/fixture.js';
import { type Crew, ownThread, workerThreads } from '../crew.js';
import { failureOf } from '../failure.js';
import { inOrder } from '../in-order.js';
import type { ToldFailure } from '../report/failure-text.js';
import { runOfFile } from './again.js';
import { saveRegression } from './save.js';
import { type Size, sizeOf } from './shrink.js';
import { type ShrinkResult, type ShrinkTask, shrinkTask } from './task.js';
import { sizeText } from './words.js';

/** A failure that somebody wants smaller. */
export interface Failing extends ToldFailure {
  readonly fixture: Fixture;
  /** The line that found it. */
  readonly foundBy: string;
}

/** What became of it. */
export type Kept =
  | (Size & {
      readonly file: string;
      readonly repeat: string;
      readonly before: Size;
      readonly runs: number;
      readonly finished: boolean;
    })
  | { readonly problem: string };

export interface KeepOptions {
  readonly folder: string;
  /** Runs that each may take: runs and not time, so that the same comes out on every machine. */
  readonly runs: number;
  /** Asked before each: whether it is to be shrunk. */
  readonly goesOn?: () => boolean;
}

/**
 * Shrinks failures, each in a thread, and keeps each that is still one in a file of its own. Never throws for what becomes of
 * one: that they were found is what counts. One that nobody wanted any more has no entry.
 */
export async function keepFailures(
  failing: readonly Failing[],
  crew: Pick<Crew<ShrinkTask, ShrinkResult | undefined>, 'room' | 'play'>,
  { folder, runs, goesOn }: KeepOptions,
): Promise<Map<string, Kept>> {
  const results: [Failing, ShrinkResult | undefined][] = [];
  const left = failing.values();
  await inOrder(crew, {
    tasks: failing.map(({ fixture, id }) => ({ fixture, id, runs })),
    goesOn,
    take(result) {
      const { value } = left.next();
      if (value !== undefined) results.push([value, result]);
    },
  });
  const kept = new Map<string, Kept>();
  for (const [one, result] of results) kept.set(one.id, await keep(one, result, folder));
  return kept;
}

async function keep(one: Failing, result: ShrinkResult | undefined, folder: string): Promise<Kept> {
  const { fixture: before, foundBy, kind, oracle } = one;
  if (result === undefined) return { problem: 'as an ordinary fixture it does not fail' };
  const { failure, shrunk } = result;
  try {
    const { file, repeat } = saveRegression(folder, { foundBy, failure, before, shrunk });
    const run = await runOfFile(file);
    const again = run === undefined ? undefined : failureOf(run);
    if (again?.kind !== kind || again.oracle !== oracle) return { problem: `${file} does not fail in the same way` };
    const { faults, steps, runs, finished } = shrunk;
    return { file, repeat, faults, steps, before: sizeOf(before), runs, finished };
  } catch (error) {
    if (!(error instanceof PaperjamError)) throw error;
    return { problem: error.message };
  }
}

/** What there is to say about it, below the failure itself. */
export function keptLines(kept: Kept | undefined): string[] {
  if (kept === undefined) return [];
  if ('problem' in kept) return [`  not shrunk: ${kept.problem}`];
  const { file, repeat, before, runs, finished } = kept;
  const ending = finished ? '' : ', and more may be taken away by `paperjam shrink`';
  return [
    `  shrunk: ${file}`,
    `          ${sizeText(kept)} of ${sizeText(before)}, ${runs} runs${ending}`,
    `  again:  ${repeat}`,
  ];
}

/** The same in a record of the failure. */
export function shrunkPart(kept: Kept | undefined): { readonly shrunk?: Kept } {
  return kept === undefined ? {} : { shrunk: kept };
}

/** 0 and 1: in this thread. */
export function openShrinkers(workers: number): Crew<ShrinkTask, ShrinkResult | undefined> {
  return workers <= 1 ? ownThread(shrinkTask) : workerThreads(workers, new URL('./worker.js', import.meta.url));
}
