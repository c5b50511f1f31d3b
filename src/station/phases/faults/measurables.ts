import type { PrinterProfile } from '../../../ports/device.js';
import { hex, queuedByte } from '../../expected.js';
import type { Measurable } from '../../results.js';
import type { FaultTest } from './fault-test.js';

/** What it should be, by the manuals and the profile. */
export interface FaultLimits {
  readonly status: string;
  readonly reported: string;
  readonly recovered: string;
  readonly recoveryReported: string;
  readonly lines: string;
  readonly reportsInMs: number;
  readonly recoversInMs: number;
}

/** What is measured of a fault, by the last part of its name, in the order in which it is. */
export function measurablesOf(
  { item, stops, enquiry, unseen }: FaultTest,
  profile: PrinterProfile,
  limits: FaultLimits,
): ReadonlyMap<string, Measurable> {
  const all = new Map<string, Measurable>();
  const add = (part: string, title: string, rest: Omit<Measurable, 'name' | 'title'>) =>
    all.set(part, { name: `fault.${item}.${part}`, title, ...rest });
  add('status', 'DLE EOT 1 to 4 while it lasts', { limits: { equals: limits.status } });
  add('report-time', 'time to the first report', { unit: 'ms', limits: { max: limits.reportsInMs } });
  add('reported', 'automatic status, without being asked', { limits: { equals: limits.reported } });
  if (!stops) {
    const nearEnd = unseen?.(profile) === true ? 0x00 : 0x03;
    const idle = queuedByte(profile);
    const should = hex(idle === undefined ? undefined : [idle | nearEnd]);
    add('queued', 'GS r 1 while it lasts', { limits: { equals: should } });
  } else add('waits', 'what is sent meanwhile waits, and is not confirmed', { limits: { equals: true } });
  if (enquiry !== undefined) {
    const title = 'it lasts until DLE ENQ, though its cause is gone';
    add('remains', title, { limits: { equals: true } });
  }
  const after = enquiry === undefined ? 'afterwards' : `after DLE ENQ ${enquiry}`;
  add('recovered', `DLE EOT 1 to 4 ${after}`, { limits: { equals: limits.recovered } });
  add('recover-time', 'time to recover', { unit: 'ms', limits: { max: limits.recoversInMs } });
  add('recovery-reported', `automatic status ${after}`, { limits: { equals: limits.recoveryReported } });
  add('checkpoint', 'a checkpoint is answered again', { limits: { equals: true } });
  const lines = enquiry === 2 ? 'lines sent meanwhile are forgotten' : 'lines sent meanwhile come out, each once';
  add('lines', lines, { limits: { equals: limits.lines } });
  return all;
}
