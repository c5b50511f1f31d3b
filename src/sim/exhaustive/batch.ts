import { PaperjamError } from '../../base/errors.js';
import { requireEmulated } from '../../emulator/printer/language.js';
import type { Fixture } from '../../fixture/language/fixture.js';
import { loadFixtures } from '../../fixture/load.js';
import type { PlannedRun } from '../../fixture/planned.js';
import { type PreparedDevice, prepareDevice } from '../../world/simulated.js';
import type { RunFailure } from '../failure.js';
import { bare, withFaults } from './bare.js';
import { type Case, type CaseOptions, casesOf } from './cases.js';
import { hold } from './hold.js';
import { type NotPlayed, type Operations, operationsOf } from './operations.js';

/** Some cases of one run of a fixture, as plain data for a worker: from one number up to another one, which is not among them. */
export interface BatchTask extends CaseOptions {
  readonly file: string;
  /** The run's own: the file and, in brackets, the row. */
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

export interface FailedCase extends RunFailure {
  /** The run and what was added to it: `fixtures/sale.yaml + power cut at event 137`. */
  readonly id: string;
  readonly file: string;
  /** The case, whole: it fails under `paperjam run` in the same way. */
  readonly fixture: Fixture;
}

export interface BatchResult {
  readonly cases: number;
  readonly skipped: number;
  readonly failed: readonly FailedCase[];
  /** How long its thread took, in ms. */
  readonly tookMs: number;
}

/** A run of a fixture, with all that can be struck in it. */
export interface Struck {
  readonly fixture: Fixture;
  readonly device: PreparedDevice;
  readonly operations: Operations;
}

const devices = new Map<string, Promise<PreparedDevice>>();

/** Plays it once without any fault besides its own. Throws what reading its device's profile throws. */
export async function strike(planned: PlannedRun): Promise<Struck | NotPlayed> {
  const fixture = bare(planned);
  const device = await deviceOf(fixture.device);
  try {
    requireEmulated(device.profile);
  } catch (error) {
    if (error instanceof PaperjamError) return { outcome: 'skipped', reason: error.message };
    throw error;
  }
  const operations = operationsOf(fixture, planned.id, device);
  return 'outcome' in operations ? operations : { fixture, device, operations };
}

function deviceOf(name: string): Promise<PreparedDevice> {
  let device = devices.get(name);
  if (device === undefined) {
    device = prepareDevice(name);
    devices.set(name, device);
  }
  return device;
}

/** The runs of the file that was read last: the batches of one file mostly come one after the other. */
let read: { readonly file: string; readonly runs: ReadonlyMap<string, PlannedRun> } | undefined;
let struck: { readonly id: string; readonly one: Struck | NotPlayed } | undefined;

/** Plays the cases of a task. What comes of each depends on nothing but the fixture and the case. */
export async function playBatch(task: BatchTask): Promise<BatchResult> {
  const startMs = performance.now();
  const { file, id, from, to, pairs } = task;
  if (read?.file !== file) {
    const runs = new Map(loadFixtures([file]).runs.map((run) => [run.id, run] as const));
    read = { file, runs };
    struck = undefined;
  }
  const planned = read.runs.get(id);
  if (planned === undefined) throw new RangeError(`${file} has no run ${id} any more`);
  if (struck?.id !== id) struck = { id, one: await strike(planned) };
  const { one } = struck;
  const failed: FailedCase[] = [];
  let cases = 0;
  let skipped = 0;
  if (!('outcome' in one)) {
    for (const next of numbered(casesOf(one.operations, one.fixture, { pairs }), from, to)) {
      const fixture = fixtureOf(one.fixture, next);
      const caseId = idOfCase(id, next.id);
      const held = hold(fixture, caseId, one.device);
      cases++;
      if (held === 'skipped') skipped++;
      else if (held !== 'held') failed.push({ ...held, id: caseId, file, fixture });
    }
  }
  return { cases, skipped, failed, tookMs: performance.now() - startMs };
}

/** The id of a case, of the run's and of what was added to it. */
export function idOfCase(run: string, added: string): string {
  return `${run} + ${added}`;
}

/** A case as an ordinary fixture. */
export function fixtureOf(fixture: Fixture, { faults }: Case): Fixture {
  return withFaults(
    fixture,
    faults.map(({ record }) => record),
  );
}

function* numbered<T>(all: Iterable<T>, from: number, to: number): Generator<T> {
  let number = 0;
  for (const one of all) {
    if (number >= to) return;
    if (number++ >= from) yield one;
  }
}
