import { z } from 'zod';

/** What became of one measurement. `MARGINAL`: within its limits, and near one of them. */
export const MEASUREMENT_OUTCOMES = ['PASS', 'MARGINAL', 'FAIL', 'SKIPPED'] as const;
/** What became of a phase: `ERROR`: the station itself failed in it; `ABORTED`: somebody stopped the run in it. */
export const PHASE_OUTCOMES = [...MEASUREMENT_OUTCOMES, 'ERROR', 'ABORTED'] as const;
/** What became of the run. `FAIL`: at least one measurement failed. */
export const RUN_OUTCOMES = ['PASS', 'FAIL', 'ERROR', 'ABORTED'] as const;

const TIME = z.iso.datetime().describe('ISO 8601, UTC');

/** The value of a measurement must lie within `min` and `max`, both included, or be `equals`; `marginal…` warns before that. */
export const LIMITS = z
  .strictObject({
    min: z.number(),
    max: z.number(),
    marginalMin: z.number().describe('below this and not below min: MARGINAL'),
    marginalMax: z.number().describe('above this and not above max: MARGINAL'),
    equals: z.union([z.string(), z.number(), z.boolean()]),
  })
  .partial();

export const MEASUREMENT = z.strictObject({
  name: z.string().describe('unique in the record, words joined by dots and dashes: latency.idle.p99'),
  title: z.string().describe('what is measured, for people'),
  value: z.union([z.number(), z.string(), z.boolean()]).optional().describe('absent when SKIPPED'),
  unit: z.string().optional().describe('ms, bytes, bytes/s, mm, mm/s, %, baud, dots; absent for words and truths'),
  limits: LIMITS.optional().describe('absent: it is noted, and cannot fail'),
  outcome: z.enum(MEASUREMENT_OUTCOMES),
  note: z.string().optional().describe('why it was skipped, what failed, what to look at'),
});

/** Numbers behind a measurement, to be drawn. */
export const CHART = z.strictObject({
  title: z.string(),
  kind: z
    .enum(['histogram', 'line', 'bars'])
    .describe('histogram: points are [value, count] at the lower edge of each bin'),
  x: z.strictObject({ label: z.string(), unit: z.string().optional() }),
  y: z.strictObject({ label: z.string(), unit: z.string().optional() }),
  points: z.array(z.tuple([z.union([z.number(), z.string()]), z.number()])),
  marks: z
    .array(z.strictObject({ label: z.string(), at: z.number() }))
    .optional()
    .describe('named places on the x axis of a histogram: p50, p99'),
});

export const ATTACHMENT = z.strictObject({
  name: z.string(),
  file: z.string().describe('relative to the record'),
  type: z.string().describe('media type: image/png'),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export const PHASE = z.strictObject({
  name: z.string().describe('as in the plan: latency'),
  title: z.string(),
  startedAt: TIME,
  durationMs: z.number().min(0),
  outcome: z.enum(PHASE_OUTCOMES),
  measurements: z.array(MEASUREMENT),
  charts: z.array(CHART),
  attachments: z.array(ATTACHMENT),
  notes: z.array(z.string()).describe('what happened, and what a person was asked to do'),
});

/** One run of the station on one device under test. */
export const RUN_RECORD = z.strictObject({
  format: z.literal('paperjam.station/1'),
  runId: z.string(),
  outcome: z.enum(RUN_OUTCOMES),
  why: z.string().optional().describe('what stopped a run that ended ERROR or ABORTED'),
  dut: z
    .strictObject({
      profile: z.string().describe('the device profile that it was held against'),
      printer: z.string().describe('where it is: a path, tcp://…, or emulated'),
      maker: z.string().optional(),
      model: z.string().optional(),
      serial: z.string().optional(),
      firmware: z.string().optional(),
    })
    .describe('the device under test; what it says of itself by GS I'),
  station: z.strictObject({
    version: z.string().describe('of paperjam'),
    node: z.string(),
    platform: z.string(),
    clock: z.enum(['wall', 'virtual']),
  }),
  startedAt: TIME,
  endedAt: TIME,
  faults: z.array(z.string()).describe('put into the emulated printer before the run'),
  phases: z.array(PHASE),
});

export type MeasurementOutcome = (typeof MEASUREMENT_OUTCOMES)[number];
export type PhaseOutcome = (typeof PHASE_OUTCOMES)[number];
export type RunOutcome = (typeof RUN_OUTCOMES)[number];
export type Limits = z.infer<typeof LIMITS>;
export type Measurement = z.infer<typeof MEASUREMENT>;
export type Chart = z.infer<typeof CHART>;
export type Attachment = z.infer<typeof ATTACHMENT>;
export type PhaseRecord = z.infer<typeof PHASE>;
export type RunRecord = z.infer<typeof RUN_RECORD>;

/** The same as a JSON schema: `src/station/record.schema.json`, which a test keeps equal to this. */
export function recordJsonSchema(): object {
  return z.toJSONSchema(RUN_RECORD);
}
