import { numberText } from '../report/numbers.js';
import type { Limits, Measurement, MeasurementOutcome, RunRecord } from './record.js';

type Value = NonNullable<Measurement['value']>;

/** A value for people, without its unit. */
export function valueText({ value, limits, outcome }: Pick<Measurement, 'value' | 'limits' | 'outcome'>): string {
  if (value === undefined) return '–';
  const text = plainText(value);
  // Rounded to the limit that it misses, it would look as if it had been judged wrongly.
  const missed = outcome === 'FAIL' || outcome === 'MARGINAL';
  return missed && Object.values(limits ?? {}).some((limit) => limit !== value && plainText(limit) === text)
    ? String(value)
    : text;
}

function plainText(value: Value): string {
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value;
}

/** `≤ 40`, `20 … 40`, `= yes`; empty without limits. */
export function limitsText(limits: Limits | undefined): string {
  const { min, max, equals } = limits ?? {};
  const range =
    min !== undefined && max !== undefined
      ? `${numberText(min)} … ${numberText(max)}`
      : min !== undefined
        ? `≥ ${numberText(min)}`
        : max !== undefined
          ? `≤ ${numberText(max)}`
          : undefined;
  return [range, equals === undefined ? undefined : `= ${plainText(equals)}`].filter(Boolean).join(' and ');
}

/** `12.5 ms, wanted ≤ 10 ms`, `no, wanted yes`: what was measured, and what would have been right. */
export function resultText(measurement: Measurement): string {
  const unit = measurement.unit === undefined ? '' : ` ${measurement.unit}`;
  const limits = limitsText(measurement.limits);
  const value = measurement.value === undefined ? 'no value' : `${valueText(measurement)}${unit}`;
  return limits === '' ? value : `${value}, wanted ${limits.replace(/^= /, '')}${unit}`;
}

export type Counts = Readonly<Record<MeasurementOutcome, number>>;

export function countsOf(measurements: readonly Measurement[]): Counts {
  const counts = { PASS: 0, MARGINAL: 0, FAIL: 0, SKIPPED: 0 };
  for (const { outcome } of measurements) counts[outcome]++;
  return counts;
}

const COUNTED: Readonly<Record<MeasurementOutcome, string>> = {
  PASS: 'passed',
  MARGINAL: 'marginal',
  FAIL: 'failed',
  SKIPPED: 'skipped',
};

/** `41 passed, 1 marginal, 2 failed`: those that there are. */
export function countsText(counts: Counts): string {
  const kinds: readonly MeasurementOutcome[] = ['PASS', 'MARGINAL', 'FAIL', 'SKIPPED'];
  const some = kinds.filter((kind) => counts[kind] > 0).map((kind) => `${counts[kind]} ${COUNTED[kind]}`);
  return some.length === 0 ? 'nothing measured' : some.join(', ');
}

export function measurementsOf({ phases }: RunRecord): Measurement[] {
  return phases.flatMap(({ measurements }) => measurements);
}

/** The device as it calls itself, or else as its profile does. */
export function deviceName({ dut: { maker, model, profile } }: Pick<RunRecord, 'dut'>): string {
  const own = [maker, model].filter((word) => word !== undefined && word.trim() !== '');
  return own.length === 0 ? profile : own.join(' ');
}

/** What is written by others (a printer about itself, a person), on one line and without commands to a terminal. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
