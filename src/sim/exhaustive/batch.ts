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
import { type NotPlayed, operationsOf, type Struck } from './operations.js';

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
  /** The ids of those in which not everything that was added began. */
  readonly hollow: readonly string[];
  readonly failed: readonly FailedCase[];
  /** How long its thread took, in ms. */
  readonly tookMs: number;
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
/** The run that was struck last, with all its cases: to find those of pairs is dear. */
let listed: { readonly id: string; readonly pairs: number; readonly one: Listed | NotPlayed } | undefined;

interface Listed extends Struck {
  readonly cases: readonly Case[];
}

/** Plays the cases of a task. What comes of each depends on nothing but the fixture and the case. */
export async function playBatch(task: BatchTask): Promise<BatchResult> {
  const startMs = performance.now();
  const { file, id, from, to, pairs } = task;
  if (read?.file !== file) {
    const runs = new Map(loadFixtures([file]).runs.map((run) => [run.id, run] as const));
    read = { file, runs };
    listed = undefined;
  }
  const planned = read.runs.get(id);
  if (planned === undefined) throw new RangeError(`${file} has no run ${id} any more`);
  if (listed?.id !== id || listed.pairs !== pairs) listed = { id, pairs, one: await list(planned, { pairs }) };
  const { one } = listed;
  const wanted = 'outcome' in one ? [] : one.cases.slice(from, to).map((added) => play(planned, one, added));
  return {
    cases: wanted.length,
    skipped: wanted.filter(({ outcome }) => outcome === 'skipped').length,
    hollow: wanted.flatMap(({ caseId, outcome, begun }) => (begun || outcome === 'skipped' ? [] : [caseId])),
    failed: wanted.flatMap(({ caseId, fixture, outcome }) =>
      typeof outcome === 'string' ? [] : [{ ...outcome, id: caseId, file, fixture }],
    ),
    tookMs: performance.now() - startMs,
  };
}

async function list(planned: PlannedRun, options: CaseOptions): Promise<Listed | NotPlayed> {
  const one = await strike(planned);
  return 'outcome' in one ? one : { ...one, cases: [...casesOf(one, options)] };
}

function play(planned: PlannedRun, struck: Struck, added: Case) {
  const fixture = fixtureOf(struck.fixture, added);
  const caseId = idOfCase(planned.id, added.id);
  return { caseId, fixture, ...hold(fixture, caseId, struck.device, added.faults.length) };
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
