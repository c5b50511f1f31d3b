import type { PrinterProfile } from '../../ports/device.js';
import { DRAWER } from '../expected.js';
import { FAULT_BITS, type FaultBits, NO_BITS, type ShownFault } from '../fault-bits.js';
import type { Evidence } from './evidence.js';

type Status = NonNullable<PrinterProfile['status']>;
/** Bits of one byte that are never and always set. */
interface Quirks {
  readonly never: number;
  readonly always: number;
}

/** What was seen once: four bytes, what the manuals say of them, and which bits count. */
interface Sighting {
  readonly seen: readonly number[];
  readonly should: readonly number[];
  readonly counts: readonly number[];
}

const IDLE_REAL_TIME = [0x12, 0x12, 0x12, 0x12] as const;
const IDLE_AUTOMATIC = [0x10, 0, 0, 0] as const;
const FAULTS = Object.keys(FAULT_BITS) as ShownFault[]; // The keys of FAULT_BITS.

/** Whether there is a near-end sensor; `undefined`: it was not tried. */
export function nearEndSensor(evidence: Evidence): boolean | undefined {
  const answers: readonly (readonly [name: string, byte: number, bits: number])[] = [
    ['fault.paper-near-end.status', 3, 0x0c],
    ['fault.paper-near-end.reported', 2, 0x03],
    ['fault.paper-near-end.queued', 0, 0x03],
  ];
  const tried = answers.map(([name, byte, bits]) => {
    const bytes = evidence.bytes(name);
    return bytes === undefined || bytes === 'silence' ? undefined : ((bytes[byte] ?? 0) & bits) === bits;
  });
  if (tried[0] === undefined) return undefined;
  return tried.includes(true);
}

/** How its status bytes differ from those of the manuals. `doubts` says what of it was not seen, in words. */
export function statusQuirks(evidence: Evidence, base: Status, doubts: string[]): Status {
  const automatic = automaticKind(evidence, base, doubts);
  const realTime = realTimeQuirks(evidence, base, doubts);
  const automaticBits = automatic === 'never' ? undefined : automaticQuirks(evidence, base, doubts);
  const answersQueued = evidence.words('status.queued.paper');
  const answersIdentity = evidence.truth('identity.answers');
  if (answersQueued === undefined) doubts.push(`status.answersQueued: ${evidence.whyNot('status.queued.paper')}`);
  if (answersIdentity === undefined) doubts.push(`status.answersIdentity: ${evidence.whyNot('identity.answers')}`);
  const answersRealTime = realTimeAnswered(evidence);
  if (answersRealTime === undefined) doubts.push(`status.answersRealTime: ${evidence.whyNot('status.real-time.1')}`);
  return {
    ...falseOnly('answersRealTime', answersRealTime ?? base.answersRealTime),
    ...(Object.keys(realTime).length === 0 ? {} : { realTime }),
    ...(automatic === 'changes' ? {} : { automatic }),
    ...(automaticBits === undefined ? {} : { automaticBits }),
    ...falseOnly('answersQueued', answersQueued === undefined ? base.answersQueued : answersQueued !== 'silence'),
    ...falseOnly('answersIdentity', answersIdentity ?? base.answersIdentity),
  };
}

/** Whether `DLE EOT` is answered; `undefined`: it was not asked. */
export function realTimeAnswered(evidence: Evidence): boolean | undefined {
  const said = [1, 2, 3, 4].map((n) => evidence.bytes(`status.real-time.${n}`));
  if (said.every((bytes) => bytes === undefined)) return evidence.truth('link.answers');
  return said.some(Array.isArray);
}

function falseOnly<Name extends string>(name: Name, value: boolean | undefined): Partial<Record<Name, boolean>> {
  const said: Partial<Record<Name, boolean>> = {};
  if (value === false) said[name] = false;
  return said;
}

/** Silence when it is turned on: it has none. One report of a change: it pushes changes. */
function automaticKind(evidence: Evidence, base: Status, doubts: string[]): NonNullable<Status['automatic']> {
  const enabled = evidence.bytes('status.automatic');
  const known = base.automatic ?? 'changes';
  if (enabled === undefined) {
    doubts.push(`status.automatic: ${evidence.whyNot('status.automatic')}`);
    return known;
  }
  if (enabled === 'silence') return 'never';
  const reports = FAULTS.filter((fault) => showed(evidence, fault)).map((fault) => evidence.bytes(reportOf(fault)));
  if (reports.some((bytes) => Array.isArray(bytes))) return 'changes';
  if (reports.includes('silence')) return 'once';
  doubts.push('status.automatic: no fault was tried that it could have reported');
  return known === 'never' ? 'changes' : known;
}

const reportOf = (fault: ShownFault) => `fault.${fault}.reported`;

/** Something tells that the fault was there: its status, a report, or that nothing was printed meanwhile. */
function showed(evidence: Evidence, fault: ShownFault): boolean {
  if (fault === 'paper-near-end') return nearEndSensor(evidence) === true;
  const [status, idle] = [evidence.words(`fault.${fault}.status`), evidence.words(`fault.${fault}.recovered`)];
  if (status === undefined) return false;
  return (
    status !== idle || Array.isArray(evidence.bytes(reportOf(fault))) || evidence.truth(`fault.${fault}.waits`) === true
  );
}

function realTimeQuirks(evidence: Evidence, base: Status, doubts: string[]): Record<string, Quirks> {
  const sightings: Sighting[] = [];
  const idle = ([1, 2, 3, 4] as const).map((n) => evidence.bytes(`status.real-time.${n}`));
  // What a query that is not answered would be is not known.
  const seen = idle.map((bytes) => (Array.isArray(bytes) ? (bytes[0] ?? 0) : 0));
  const counts = idle.map((bytes, i) => (Array.isArray(bytes) ? 0xff & ~(i === 0 ? DRAWER.realTime : 0) : 0));
  sightings.push({ seen, should: IDLE_REAL_TIME, counts });
  for (const { bits, bytes } of faultSightings(evidence, 'status'))
    sightings.push(sighting(bytes, IDLE_REAL_TIME, bits.sets.realTime, bits.open?.realTime, DRAWER.realTime));
  const all: Record<string, Quirks> = {};
  for (const i of [0, 1, 2, 3] as const) {
    const n = String(i + 1);
    const quirks = quirksOf(sightings, i, base.realTime?.[n], `DLE EOT ${n}`, doubts);
    if (quirks.never !== 0 || quirks.always !== 0) all[n] = quirks;
  }
  return all;
}

function automaticQuirks(evidence: Evidence, base: Status, doubts: string[]): Status['automaticBits'] {
  const sightings: Sighting[] = [];
  const enabled = evidence.bytes('status.automatic');
  if (Array.isArray(enabled))
    sightings.push(sighting(enabled, IDLE_AUTOMATIC, NO_BITS.automatic, undefined, DRAWER.automatic));
  for (const { bits, bytes } of faultSightings(evidence, 'reported'))
    sightings.push(sighting(bytes, IDLE_AUTOMATIC, bits.sets.automatic, bits.open?.automatic, DRAWER.automatic));
  const four = ([0, 1, 2, 3] as const).map((i) => {
    const { never = [], always = [] } = base.automaticBits ?? {};
    const known = { never: never[i] ?? 0, always: always[i] ?? 0 };
    return quirksOf(sightings, i, known, `byte ${i + 1} of automatic status`, doubts);
  });
  if (four.every(({ never, always }) => never === 0 && always === 0)) return undefined;
  return { never: four.map(({ never }) => never), always: four.map(({ always }) => always) };
}

function faultSightings(
  evidence: Evidence,
  part: 'status' | 'reported',
): { readonly bits: FaultBits; readonly bytes: readonly number[] }[] {
  return FAULTS.filter((fault) => showed(evidence, fault)).flatMap((fault) => {
    const bytes = evidence.bytes(`fault.${fault}.${part}`);
    return bytes === undefined || bytes === 'silence' ? [] : [{ bits: FAULT_BITS[fault], bytes }];
  });
}

function sighting(
  seen: readonly number[],
  idle: readonly number[],
  sets: readonly number[],
  open: readonly number[] | undefined,
  drawer: number,
): Sighting {
  return {
    seen,
    should: idle.map((byte, i) => byte | (sets[i] ?? 0)),
    counts: idle.map((_, i) => 0xff & ~(open?.[i] ?? 0) & ~(i === 0 ? drawer : 0)),
  };
}

/**
 * A bit that was clear whenever it should have been set is never set; one that was set whenever it should have been clear
 * is always set. What was not put to the proof stays as it was known.
 */
function quirksOf(
  sightings: readonly Sighting[],
  byte: 0 | 1 | 2 | 3,
  known: Quirks | undefined,
  words: string,
  doubts: string[],
): Quirks {
  let [never, always] = [0, 0];
  for (let bit = 0x01; bit <= 0x80; bit <<= 1) {
    const counted = sightings.filter(({ counts }) => ((counts[byte] ?? 0) & bit) !== 0);
    const shouldSet = counted.filter(({ should }) => ((should[byte] ?? 0) & bit) !== 0);
    const shouldClear = counted.filter(({ should }) => ((should[byte] ?? 0) & bit) === 0);
    const isSet = ({ seen }: Sighting) => ((seen[byte] ?? 0) & bit) !== 0;
    const name = `${words} bit ${Math.log2(bit)}`;
    if (shouldSet.length === 0) {
      never |= (known?.never ?? 0) & bit;
      if (((known?.never ?? 0) & bit) !== 0)
        doubts.push(`status: ${name} is never set; nothing that sets it was tried`);
    } else if (!shouldSet.some(isSet)) never |= bit;
    else if (!shouldSet.every(isSet)) doubts.push(`status: ${name} is set by some of its causes only`);
    if (shouldClear.length === 0) always |= (known?.always ?? 0) & bit;
    else if (shouldClear.every(isSet)) always |= bit;
    else if (shouldClear.some(isSet)) doubts.push(`status: ${name} is set by other causes than the manuals say`);
  }
  // A bit that is always set was set when it should have been, and is not in doubt.
  return { never: never & ~always, always };
}
