/** What every fault measures that shows in the status. */
const SHOWN = [
  'status',
  'report-time',
  'reported',
  'recovered',
  'recover-time',
  'recovery-reported',
  'lines',
  'checkpoint',
];
/** Those that stop the printer, and those that end only by `DLE ENQ`. */
const STOPPING = [...SHOWN, 'waits'];
const RECOVERABLE = [...STOPPING, 'remains'];
/** Of a printer that is not there for a while. */
const LOST = ['noticed', 'noticed-by', 'notice-time', 'reopened', 'reopen-time', 'status', 'checkpoint', 'settings'];

function of(item: string, parts: readonly string[]): string[] {
  return parts.map((part) => `fault.${item}.${part}`);
}

/** The phases of the faults, as `names.ts` has all others. */
export const FAULT_MEASURES = {
  'fault.paper-near-end': of('paper-near-end', [...SHOWN, 'queued']),
  'fault.paper-out': of('paper-out', STOPPING),
  'fault.cover-open': of('cover-open', STOPPING),
  'fault.jam': of('jam', RECOVERABLE),
  'fault.jam-discarded': of('jam-discarded', RECOVERABLE),
  'fault.cutter': of('cutter', RECOVERABLE),
  'fault.overheat': of('overheat', STOPPING),
  'fault.offline': of('offline', STOPPING),
  'fault.cable': of('cable', LOST),
  'fault.power': of('power', [...LOST, 'lines']),
} as const satisfies Readonly<Record<string, readonly string[]>>;
