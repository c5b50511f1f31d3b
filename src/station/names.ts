import { FAULT_MEASURES } from './fault-names.js';

/**
 * Every phase in its usual order, with the names of what it measures; `*` stands for a part that depends on printer and
 * plan. The plan is checked against them, and so is what the phases do.
 */
export const MEASURES = {
  link: ['link.opens', 'link.open-time', 'link.answers'],
  identity: ['answers', 'maker', 'model', 'firmware', 'serial', 'language', 'model-id', 'type-id', 'version-id'].map(
    (item) => `identity.${item}`,
  ),
  status: ['status.real-time.*', 'status.queued.paper', 'status.queued.drawer', 'status.automatic', 'status.clear'],
  checkpoint: [
    'checkpoint.process-id.supported',
    'checkpoint.process-id.latency',
    'checkpoint.process-id.waits',
    'checkpoint.queued.supported',
    'checkpoint.queued.latency',
    'checkpoint.queued.waits',
    'checkpoint.real-time.latency',
  ],
  latency: [
    'latency.idle.p50',
    'latency.idle.p99',
    'latency.idle.max',
    'latency.load.p50',
    'latency.load.p99',
    'latency.load.max',
    'latency.load.printed',
  ],
  throughput: ['throughput.*.rate', 'throughput.*.utilisation'],
  buffer: ['buffer.size', 'buffer.flow-control'],
  speed: ['speed.feed'],
  characters: ['characters.page.*'],
  chinese: ['chinese.text', 'chinese.four-byte', 'chinese.at-power-on'],
  symbols: ['symbols.qr', 'symbols.ean13', 'symbols.code39', 'symbols.code128'],
  graphics: ['graphics.dots'],
  cutter: ['cutter.cuts', 'cutter.time'],
  endurance: ['endurance.printed', 'endurance.per-minute', 'endurance.slowest', 'endurance.on-paper'],
  ...FAULT_MEASURES,
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type PhaseName = keyof typeof MEASURES;

export const PHASE_NAMES = Object.keys(MEASURES) as [PhaseName, ...PhaseName[]]; // The keys of MEASURES, in their order.

/** What any phase measures when it cannot begin, or does not end. */
const OF_EVERY_PHASE = ['ready', 'in-time'];

/** All names that a record can hold, with `*` in them. */
export function measuredNames(): string[] {
  return PHASE_NAMES.flatMap((phase) => [...MEASURES[phase], ...OF_EVERY_PHASE.map((name) => `${phase}.${name}`)]);
}
