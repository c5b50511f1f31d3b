import type { Limits, Measurement, MeasurementOutcome, PhaseOutcome, PhaseRecord, RunOutcome } from './record.js';

/** What becomes of a value within its limits. A number that is no number fails every limit. */
export function judge(value: number | string | boolean, limits: Limits | undefined): MeasurementOutcome {
  if (limits === undefined) return 'PASS';
  const { min, max, marginalMin, marginalMax, equals } = limits;
  if (equals !== undefined && value !== equals) return 'FAIL';
  const bounded = [min, max, marginalMin, marginalMax].some((bound) => bound !== undefined);
  if (!bounded) return 'PASS';
  if (typeof value !== 'number' || Number.isNaN(value)) return 'FAIL';
  if ((min !== undefined && value < min) || (max !== undefined && value > max)) return 'FAIL';
  const near = (marginalMin !== undefined && value < marginalMin) || (marginalMax !== undefined && value > marginalMax);
  return near ? 'MARGINAL' : 'PASS';
}

/** Within so many percent of what it should be; warned beyond a smaller share. */
export function around(value: number, percent: number, marginalPercent: number): Limits {
  const at = (share: number) => value * (1 + share / 100);
  return { min: at(-percent), max: at(percent), marginalMin: at(-marginalPercent), marginalMax: at(marginalPercent) };
}

/** The worst of its measurements; a phase of which nothing could be measured was skipped. */
export function outcomeOfPhase(measurements: readonly Pick<Measurement, 'outcome'>[]): PhaseOutcome {
  const has = (outcome: MeasurementOutcome) => measurements.some((measurement) => measurement.outcome === outcome);
  if (has('FAIL')) return 'FAIL';
  if (has('MARGINAL')) return 'MARGINAL';
  return has('SKIPPED') && !has('PASS') ? 'SKIPPED' : 'PASS';
}

export function outcomeOfRun(phases: readonly Pick<PhaseRecord, 'outcome'>[]): RunOutcome {
  for (const outcome of ['ABORTED', 'ERROR', 'FAIL'] as const)
    if (phases.some((phase) => phase.outcome === outcome)) return outcome;
  return 'PASS';
}
