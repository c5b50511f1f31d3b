import { PaperjamError } from '../../base/errors.js';
import type { PrinterProfile } from '../../ports/device.js';
import type { RunRecord } from '../record.js';
import { rounded } from '../statistics.js';
import { differences } from './differences.js';
import { Evidence } from './evidence.js';
import { busyWhenOf, checkpointOf, cjkAtPowerOnOf, cjkOf, cutterOf, identityOf } from './learned-parts.js';
import { nearEndSensor, realTimeAnswered, statusQuirks } from './status-quirks.js';

/** A profile as a file of `devices/printers` holds it, under whatever name. */
export type NamelessProfile = Omit<PrinterProfile, 'id'>;

/** What is known of a printer after a run, and how. */
export interface Learned {
  readonly profile: NamelessProfile;
  readonly source: readonly string[];
  /** What was taken over from the profile that the printer was held against, and why. */
  readonly assumed: readonly string[];
  /** Where the printer is not as that profile says: `speedMmPerS: 250 (300 in epson-tm-t88v)`. */
  readonly changes: readonly string[];
}

export interface LearnOptions {
  /** Bits a second of the line on which it answered; `undefined`: the line has no rate of its own. */
  readonly baud: number | undefined;
}

/** What the station cannot measure. */
const NEVER_MEASURED = [
  'paper',
  'columns',
  'memory',
  'colours',
  'codePages',
  'motionUnits',
  'headToCutterMm',
  'overrun',
  'paperEndAt',
  'ribbon',
] as const satisfies readonly (keyof NamelessProfile)[];

/** Manuals: BUSY, or XOFF, when 128 bytes are left; in a small buffer, a quarter of it. */
const RESERVE_BYTES = 128;
const SMALL_BUFFER_BYTES = 4 * RESERVE_BYTES;
const LEAST_BUFFER_BYTES = 32;
const SPEED = { least: 1, most: 1_000 };
const BAUD = { least: 300, most: 4_000_000 };

/**
 * The profile of the printer that a run has measured: its twin, when it is emulated. Nothing is guessed: what was not
 * measured is as in `base`, and said to be. Throws `PJ_LEARN` when the printer told nothing at all.
 */
export function learn(record: RunRecord, base: PrinterProfile, options: LearnOptions): Learned {
  const evidence = new Evidence(record);
  mustHaveAnswered(record, evidence);
  const doubts: string[] = [];
  const {
    id,
    status: knownStatus = {},
    identity: _,
    cjkAtPowerOn: __,
    flowControl: ___,
    busyWhen: ____,
    nearEndMm,
    ...rest
  } = base;
  const identity = identityOf(evidence, base, doubts);
  const cjk = cjkOf(evidence, base, doubts);
  const atPowerOn = cjk !== 'none' && cjkAtPowerOnOf(evidence, base, doubts);
  const flow = evidence.words('buffer.flow-control');
  if (flow === undefined) doubts.push(`flowControl: ${evidence.whyNot('buffer.flow-control')}`);
  const status = statusQuirks(evidence, knownStatus, doubts);
  const profile: NamelessProfile = {
    ...rest,
    ...identity,
    speedMmPerS: speedOf(evidence, base, doubts),
    receiveBufferBytes: bufferOf(evidence, base, doubts),
    baud: baudOf(evidence, base, options, doubts),
    cjk,
    checkpoint: checkpointOf(evidence, base, doubts),
    clearsBuffer: clearsBufferOf(evidence, base, doubts),
    cutter: cutterOf(evidence, base, doubts),
    ...(atPowerOn ? { cjkAtPowerOn: true } : {}),
    ...((flow ?? base.flowControl) === 'xon/xoff' ? { flowControl: 'xon/xoff' } : {}),
    ...busyWhenOf(evidence, base, doubts),
    ...nearEndOf(evidence, nearEndMm, doubts),
    ...(Object.keys(status).length === 0 ? {} : { status }),
  };
  doubtPictures(record, doubts);
  const taken = NEVER_MEASURED.filter((field) => base[field] !== undefined);
  const faults = record.faults.length === 0 ? [] : [`measured with faults put in: ${record.faults.join(', ')}`];
  return {
    profile,
    source: [sourceOf(record), `held against ${id}, run ${record.runId}: ${record.outcome}`],
    assumed: [`as in ${id}, since the station does not measure them: ${taken.join(', ')}`, ...doubts, ...faults],
    changes: differences(profile, base),
  };
}

function mustHaveAnswered({ outcome, why }: RunRecord, evidence: Evidence): void {
  if (outcome === 'ABORTED' || outcome === 'ERROR')
    throw new PaperjamError('PJ_LEARN', { problem: `the run ended ${outcome} (${why ?? 'no reason is given'})` });
  const queued = Array.isArray(evidence.bytes('status.queued.paper'));
  if (evidence.truth('link.answers') === true || realTimeAnswered(evidence) === true) return;
  if (evidence.truth('identity.answers') === true || queued) return;
  throw new PaperjamError('PJ_LEARN', { problem: `the printer told nothing of itself (${whySilent(evidence)})` });
}

function whySilent(evidence: Evidence): string {
  return evidence.truth('link.opens') === false ? evidence.whyNot('link.opens') : evidence.whyNot('link.answers');
}

function sourceOf({ dut, station, startedAt }: RunRecord): string {
  const { maker, model, serial, firmware } = dut;
  const words = [maker, model, serial, firmware].filter((one) => one !== undefined && one !== '');
  const who = words.length === 0 ? 'a printer that does not say what it is' : words.join(' ');
  return `measured by paperjam station ${station.version}, ${startedAt.slice(0, 10)}, ${who}`;
}

function speedOf(evidence: Evidence, base: PrinterProfile, doubts: string[]): number {
  const mmPerS = rounded(evidence.number('speed.feed') ?? 0, 1);
  if (mmPerS >= SPEED.least && mmPerS <= SPEED.most) return mmPerS;
  doubts.push(`speedMmPerS: ${evidence.whyNot('speed.feed')}`);
  return base.speedMmPerS;
}

/** The host is stopped before the buffer is full, so it is larger than what was taken. */
function bufferOf(evidence: Evidence, base: PrinterProfile, doubts: string[]): number {
  const taken = evidence.number('buffer.size') ?? 0;
  const large = taken + RESERVE_BYTES;
  const bytes = large >= SMALL_BUFFER_BYTES ? large : Math.round((taken * 4) / 3);
  if (taken === 0 || bytes < LEAST_BUFFER_BYTES) {
    doubts.push(`receiveBufferBytes: ${evidence.whyNot('buffer.size')}`);
    return base.receiveBufferBytes;
  }
  if (evidence.words('buffer.flow-control') === undefined)
    doubts.push(`receiveBufferBytes: ${taken} at least; ${evidence.whyNot('buffer.size')}`);
  return bytes;
}

function clearsBufferOf(evidence: Evidence, base: PrinterProfile, doubts: string[]): boolean {
  const clears = evidence.truth('status.clear');
  if (clears === undefined) doubts.push(`clearsBuffer: ${evidence.whyNot('status.clear')}`);
  return clears ?? base.clearsBuffer;
}

function baudOf(evidence: Evidence, base: PrinterProfile, { baud }: LearnOptions, doubts: string[]): number {
  if (baud === undefined) doubts.push('baud: the line has no rate of its own');
  else if (baud < BAUD.least || baud > BAUD.most)
    doubts.push(`baud: the line ran at ${baud}, which no profile can say`);
  else if (evidence.truth('link.answers') !== true && evidence.truth('identity.answers') !== true)
    doubts.push(`baud: ${evidence.whyNot('link.answers')}`);
  else return baud;
  return base.baud;
}

function nearEndOf(
  evidence: Evidence,
  known: number | undefined,
  doubts: string[],
): Pick<NamelessProfile, 'nearEndMm'> {
  const sensor = nearEndSensor(evidence);
  if (sensor === false) return { nearEndMm: 0 };
  if (sensor === undefined) doubts.push(`nearEndMm: ${evidence.whyNot('fault.paper-near-end.status')}`);
  else doubts.push('nearEndMm: there is a sensor; how much paper is left when it notices was not measured');
  return known === undefined || (sensor === true && known === 0) ? {} : { nearEndMm: known };
}

/** What was seen on paper and is not as it should be, without a way to tell what it is instead. */
function doubtPictures({ phases }: RunRecord, doubts: string[]): void {
  const failed = phases.flatMap(({ measurements }) => measurements).filter(({ outcome }) => outcome === 'FAIL');
  const named = (start: string) => failed.filter(({ name }) => name.startsWith(start)).map(({ name }) => name);
  const pages = named('characters.page.');
  if (pages.length > 0) doubts.push(`codePages: not as in the profile, by ${pages.join(', ')}`);
  if (named('graphics.').length > 0) doubts.push('paper.printableDots: graphics.dots did not come out');
}
