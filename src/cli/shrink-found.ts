import { distinct } from '../sim/report/told.js';
import { type Failing, type Kept, keepFailures, openShrinkers } from '../sim/shrink/keep.js';

/** Of so many kinds of failures one is shrunk, and each may take so many runs: about half a minute. */
const MOST = 5;
const RUNS = 2_000;
/** Unless another one is named. */
const FOLDER = '.paperjam/found';

export interface ShrinkFound {
  /** `false`: nothing is shrunk. */
  readonly folder: string | false | undefined;
  readonly workers: number;
  /** Aborted: nobody waits any longer. */
  readonly signal: AbortSignal;
}

/** Shrinks the first failure of each kind and oracle into a folder. What became of each, by its id. */
export async function shrinkFound(
  failures: readonly Failing[],
  { folder = FOLDER, workers, signal }: ShrinkFound,
): Promise<ReadonlyMap<string, Kept>> {
  const wanted = distinct(failures).slice(0, MOST);
  if (folder === false || wanted.length === 0 || signal.aborted) return new Map();
  process.stdout.write(`shrinking ${wanted.length === 1 ? 'a failure' : `${wanted.length} failures`} (Ctrl-C: not)\n`);
  const crew = openShrinkers(Math.min(workers, wanted.length));
  const stopped = new Promise<ReadonlyMap<string, Kept>>((resolve) => {
    signal.addEventListener('abort', () => resolve(new Map()), { once: true });
  });
  try {
    return await Promise.race([
      keepFailures(wanted, crew, { folder, runs: RUNS, goesOn: () => !signal.aborted }),
      stopped,
    ]);
  } finally {
    await crew.close();
  }
}
