import { z } from 'zod';
import { nearest } from '../base/problem.js';
import { readYamlFile } from '../world/yaml-file.js';
import { measuredNames, PHASE_NAMES } from './names.js';
import { LIMITS } from './record.js';

const PHASE_NAME = z.enum(PHASE_NAMES, {
  error: ({ input }) => {
    const near = typeof input === 'string' ? nearest(input, PHASE_NAMES) : undefined;
    const hint = near === undefined ? '' : `; did you mean ${near}?`;
    return `there is no such phase${hint} (allowed: ${PHASE_NAMES.join(', ')})`;
  },
});

const samples = (usual: number) => z.int().min(1).max(10_000).default(usual).describe('how many times it is measured');
const BAUD = z.int().min(300).max(4_000_000);

const LIMITS_BY_NAME = z.record(z.string(), LIMITS).superRefine((limits, context) => {
  for (const name of Object.keys(limits)) {
    const problem = unknownMeasurement(name);
    if (problem !== undefined) context.addIssue({ code: 'custom', path: [name], message: problem });
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = limits[name] ?? {};
    if (min > max) context.addIssue({ code: 'custom', path: [name], message: 'min is above max, so nothing fits' });
  }
});

/** What a plan may say. What it does not say is as here. */
export const PLAN = z.strictObject({
  phases: z
    .array(PHASE_NAME)
    .min(1)
    .refine((names) => new Set(names).size === names.length, 'a phase is named twice')
    .default([...PHASE_NAMES])
    .describe('which phases, in their order'),
  latency: z
    .strictObject({
      samples: samples(200).describe('questions to the idle printer'),
      loadSamples: samples(60).describe('questions while it prints'),
    })
    .prefault({}),
  throughput: z
    .strictObject({
      rates: z
        .array(BAUD)
        .min(1)
        .max(20)
        .default([9_600, 19_200, 38_400, 57_600, 115_200])
        .describe('bits a second; those at which the printer cannot be opened are skipped'),
      seconds: z.number().min(0.2).max(60).default(1.5).describe('how long the line is kept busy at each rate'),
    })
    .prefault({}),
  buffer: z
    .strictObject({
      paperMm: z
        .number()
        .min(0)
        .max(10_000)
        .default(300)
        .describe('the most paper that may be fed to keep a printer busy that cannot be held otherwise'),
    })
    .prefault({}),
  checkpoint: z.strictObject({ samples: samples(20) }).prefault({}),
  speed: z
    .strictObject({
      lengthsMm: z.array(z.number().min(5).max(500)).min(2).max(20).default([10, 25, 40]),
      repeats: z.int().min(1).max(50).default(9).describe('at most; a length is done when three times agree'),
    })
    .prefault({}),
  characters: z
    .strictObject({
      pages: z
        .array(z.int().min(0).max(255))
        .max(60)
        .optional()
        .describe(
          'numbers of ESC t; those that nearly every printer has, and those of the profile, if nothing is said',
        ),
    })
    .prefault({}),
  endurance: z
    .strictObject({
      tickets: z.int().min(1).max(100_000).default(10),
      giveUpAfter: z.int().min(1).max(1_000).default(3).describe('failures in a row'),
    })
    .prefault({}),
  person: z
    .strictObject({
      timeLimitMs: z.int().min(1_000).max(3_600_000).default(60_000).describe('for each thing that a person is asked'),
    })
    .prefault({}),
  limits: LIMITS_BY_NAME.default({}).describe('by the name of the measurement; they override those of the profile'),
});

export type Plan = z.infer<typeof PLAN>;

/** Everything, with the usual parameters. */
export const DEFAULT_PLAN: Plan = PLAN.parse({});

/** Throws `PJ_PLAN`, naming file, place, value and what is allowed. */
export function readPlan(file: string): Plan {
  return readYamlFile(file, PLAN, 'PJ_PLAN');
}

/** The same as a JSON schema: `src/station/plan.schema.json`, by which editors complete and check plans. */
export function planJsonSchema(): object {
  return z.toJSONSchema(PLAN, { io: 'input' });
}

function unknownMeasurement(name: string): string | undefined {
  const patterns = measuredNames();
  const fits = (pattern: string) => {
    const parts = pattern.split('.');
    const given = name.split('.');
    return parts.length === given.length && parts.every((part, i) => part === '*' || part === given[i]);
  };
  if (patterns.some(fits)) return undefined;
  const near = nearest(name, patterns);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  const phase = patterns.filter((pattern) => pattern.split('.')[0] === name.split('.')[0]);
  return `there is no measurement ${name}${hint} (allowed: ${(phase.length === 0 ? patterns : phase).join(', ')})`;
}
