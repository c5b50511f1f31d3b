import type { Measurement, PhaseRecord, RunRecord } from '../record.js';

/** Places on the page, by number: names may hold anything. */
export function phaseAnchor({ phases }: RunRecord, phase: PhaseRecord): string {
  return `phase-${phases.indexOf(phase) + 1}`;
}

export function anchorOf(record: RunRecord, phase: PhaseRecord, measurement: Measurement): string {
  return `${phaseAnchor(record, phase)}-m${phase.measurements.indexOf(measurement) + 1}`;
}
