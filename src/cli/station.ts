import { join } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import { openGlyphs } from '../glyphs/glyphs.js';
import { steadyClock } from '../ground/wall-clock.js';
import type { PrinterProfile } from '../ports/device.js';
import type { Link } from '../ports/link.js';
import { prepareDialect } from '../printer/prepare-dialect.js';
import { emulatedInVirtualTime, emulatedOnWires } from '../station/ground/emulated.js';
import { realPrinter } from '../station/ground/real.js';
import type { Ground } from '../station/ground.js';
import { nobody } from '../station/hands.js';
import { learn } from '../station/learn/learn.js';
import { checkLearnFile, writeLearned } from '../station/learn/learned-file.js';
import { phasesOf } from '../station/phases/catalogue.js';
import { DEFAULT_PLAN, readPlan } from '../station/plan.js';
import type { RunRecord } from '../station/record.js';
import type { StationListener } from '../station/results.js';
import { type FinishedRun, StationRun } from '../station/run.js';
import { readPrinterProfile } from '../world/devices.js';
import type { Tape, TapedLine } from '../world/tape.js';
import { VERSION } from '../world/version.js';
import { STATION_EXIT } from './exit.js';
import { parseFault, tapeOf } from './options.js';
import { learnedText, makeOut, StationOutput } from './station-output.js';
import { PersonHands } from './station-person.js';
import { errorText } from './words.js';

export interface StationFlags {
  readonly printer: string;
  readonly device: string;
  readonly plan?: string;
  readonly yes?: boolean;
  readonly out?: string;
  readonly virtual?: boolean;
  readonly emulate?: string;
  readonly fault?: readonly string[];
  readonly baud?: number;
  readonly record?: string;
  readonly learn?: string;
}

const PRINTER = /^(emulated|\/.+|COM\d+|tcp:\/\/.+:\d+)$/;
const BAUD = { least: 300, most: 4_000_000 };
/** In virtual time: so many events, and then signals have their turn. */
const EVENTS_AT_ONCE = 20_000;
const DAY_MS = 86_400_000;

/** `paperjam station`: one run on one printer, from the first question to the record. */
export async function station(flags: StationFlags): Promise<void> {
  check(flags);
  if (flags.learn !== undefined) checkLearnFile(flags.learn);
  const profile = readPrinterProfile(flags.device);
  const plan = flags.plan === undefined ? DEFAULT_PLAN : readPlan(flags.plan);
  const faults = (flags.fault ?? []).map(parseFault);
  const runId = `${new Date().toISOString().replace(/[-:]/g, '').slice(0, 15)}-${profile.id}`;
  const out = flags.out ?? join('.paperjam', 'station', runId);
  makeOut(out);
  const tape = tapeOf(flags.record, flags.device);
  let output: StationOutput | undefined;
  let ground: Ground | undefined;
  try {
    ground = await openGround(flags, profile, { out, tape, asking: () => output?.asking() ?? (() => {}) });
    const { clock, printer, clockKind } = ground;
    for (const fault of faults) ground.faults?.put(fault);
    process.stdout.write(`paperjam ${VERSION}  ${profile.id} at ${printer}, ${clockKind} clock\n`);
    output = new StationOutput(out, () => clock.now(), isAttended(flags));
    const listener = tape === undefined ? output.listener : marked(output.listener, tape);
    const station = {
      version: VERSION,
      node: process.versions.node,
      platform: `${process.platform} ${process.arch}`,
    };
    const run = { ground, plan, phases: phasesOf(plan), runId, station, faults: flags.fault ?? [], listener };
    const finished = await untilOver(ground, (done) => new StationRun(run, done));
    const { outcome } = output.ended(finished);
    const learned = flags.learn === undefined || keepLearned(flags.learn, finished.record, ground);
    process.exitCode = STATION_EXIT[learned || outcome !== 'PASS' ? outcome : 'ERROR'];
  } finally {
    output?.close();
    ground?.close();
    tape?.close();
  }
}

/** `false`: nothing was learned, which is said; the record is kept all the same. */
function keepLearned(file: string, record: RunRecord, ground: Ground): boolean {
  try {
    const learned = learn(record, ground.profile, { baud: ground.baud });
    writeLearned(file, learned);
    process.stdout.write(`${learnedText(file, learned)}\n`);
    return true;
  } catch (error) {
    if (!(error instanceof PaperjamError)) throw error;
    process.stderr.write(`paperjam: ${errorText(error)}\n`);
    return false;
  }
}

/** Marks in the recording where each phase begins, and what hands were asked for. */
function marked(listener: StationListener, tape: Tape): StationListener {
  return {
    ...listener,
    phaseBegun(phase) {
      tape.mark(`phase ${phase.name}`);
      listener.phaseBegun?.(phase);
    },
    asked(phase, say, timeLimitMs) {
      tape.mark(`asked: ${say}`);
      listener.asked?.(phase, say, timeLimitMs);
    },
  };
}

/** Somebody is there to be asked. */
function isAttended({ printer, yes }: StationFlags): boolean {
  return printer !== 'emulated' && yes !== true && process.stdin.isTTY === true && process.stdout.isTTY === true;
}

interface GroundNeeds {
  readonly out: string;
  readonly tape: Tape | undefined;
  /** A person has the terminal's line; the result gives it back. */
  readonly asking: () => () => void;
}

async function openGround(flags: StationFlags, profile: PrinterProfile, needs: GroundNeeds): Promise<Ground> {
  const { out, tape, asking } = needs;
  const dialect = await prepareDialect(profile);
  if (dialect.answers === 'nothing') {
    const problem = `the station asks its questions in ESC/POS, and ${profile.id} speaks ${profile.language}`;
    throw new PaperjamError('PJ_USAGE', { problem, advice: 'Choose another --device.' });
  }
  const tap = tape === undefined ? undefined : (link: Link, line: TapedLine) => tape.link(link, line);
  const common = {
    profile,
    dialect,
    ...(tap === undefined ? {} : { tap }),
    ...(flags.baud === undefined ? {} : { baud: flags.baud }),
  };
  if (flags.printer !== 'emulated') {
    return realPrinter({
      ...common,
      where: flags.printer,
      hands: isAttended(flags) ? new PersonHands(asking) : nobody(steadyClock),
    });
  }
  const emulated = flags.emulate === undefined ? profile : readPrinterProfile(flags.emulate);
  const options = { ...common, emulated, glyphs: openGlyphs() };
  return flags.virtual === true
    ? emulatedInVirtualTime(options)
    : emulatedOnWires({ ...options, linkName: join(out, 'tty') });
}

/** Runs it to its end; the first signal aborts it, and the second does not wait for the printer to be put in order. */
async function untilOver(
  ground: Ground,
  make: (done: (finished: FinishedRun) => void) => StationRun,
): Promise<FinishedRun> {
  let finished: FinishedRun | undefined;
  let over = () => {};
  const ended = new Promise<void>((resolve) => {
    over = resolve;
  });
  const run = make((done) => {
    finished = done;
    over();
  });
  const stop = (signal: NodeJS.Signals) => run.abort(`stopped by ${signal}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  run.start();
  while (finished === undefined && isVirtual(ground)) {
    ground.clock.runUntil(() => finished !== undefined, DAY_MS, EVENTS_AT_ONCE);
    await new Promise((next) => setImmediate(next));
  }
  await ended;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
  if (finished === undefined) throw new Error('the run ended without a record');
  return finished;
}

function isVirtual(ground: Ground): ground is ReturnType<typeof emulatedInVirtualTime> {
  return ground.clockKind === 'virtual';
}

/** What the options say against each other. */
function check({ printer, virtual, emulate, fault, baud }: StationFlags): void {
  const complain = (problem: string, advice: string) => new PaperjamError('PJ_USAGE', { problem, advice });
  const allowed = 'Allowed: emulated, a serial path such as /dev/ttyUSB0, tcp://host:port.';
  if (!PRINTER.test(printer)) throw complain(`--printer ${printer} is no place of a printer`, allowed);
  if (baud !== undefined && (baud < BAUD.least || baud > BAUD.most)) {
    throw complain(`--baud ${baud} is no rate`, `Allowed: ${BAUD.least} to ${BAUD.most}.`);
  }
  if (printer === 'emulated') return;
  const only = 'Leave it away, or use --printer emulated.';
  if (virtual === true) throw complain('--virtual is for the emulated printer', only);
  if (emulate !== undefined) throw complain('--emulate is for the emulated printer', only);
  if (fault !== undefined) throw complain('--fault is for the emulated printer', only);
}
