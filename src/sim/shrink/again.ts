import { loadFixtures } from '../../fixture/load.js';
import type { FixtureRun } from '../../fixture/result.js';
import { runVirtual } from '../../fixture/run.js';

/** A fixture from its file, carried out as `paperjam run` does it: the file is what counts. Throws what is wrong with it. */
export async function runOfFile(file: string): Promise<FixtureRun | undefined> {
  const { runs, errors } = loadFixtures([file]);
  const [error] = errors;
  if (error !== undefined) throw error;
  const [run] = runs;
  return run === undefined ? undefined : await runVirtual(run);
}
