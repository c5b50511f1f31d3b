import type { Clock } from '../../src/ports/clock.js';
import type { PrinterProfile } from '../../src/ports/device.js';
import type { GlyphSource } from '../../src/ports/glyphs.js';
import type { Dialect } from '../../src/printer/dialect.js';
import { prepareEscpos } from '../../src/printer/escpos/dialect.js';
import { emulatedInVirtualTime } from '../../src/station/ground/emulated.js';
import type { Hands } from '../../src/station/hands.js';
import type { Phase } from '../../src/station/phase.js';
import { phasesOf } from '../../src/station/phases/catalogue.js';
import { PLAN, type Plan } from '../../src/station/plan.js';
import type { Measurement, PhaseRecord, RunRecord } from '../../src/station/record.js';
import type { StationListener } from '../../src/station/results.js';
import { type FinishedRun, StationRun } from '../../src/station/run.js';
import { readPrinterProfile } from '../../src/world/devices.js';

/** Every character is an empty cell: most tests look at no picture. */
const NO_GLYPHS: GlyphSource = {
  glyph: (_, widthDots, heightDots) => ({
    widthDots,
    heightDots,
    rows: new Uint8Array(Math.ceil(widthDots / 8) * heightDots),
    missing: true,
  }),
};

export interface VirtualRun {
  /** What the printer is held against. Default `epson-tm-m30`. */
  readonly device?: string;
  /** What else that profile says; with an `id` of its own. */
  readonly says?: Partial<PrinterProfile> & Pick<PrinterProfile, 'id'>;
  /** How the printer differs from that. */
  readonly differs?: Partial<PrinterProfile>;
  readonly plan?: Record<string, unknown>;
  /** Put in before, as records. */
  readonly faults?: readonly { readonly fault: string; readonly [field: string]: unknown }[];
  readonly listener?: StationListener;
  readonly runId?: string;
  /** Called with the run and its ground before it starts. */
  readonly before?: (run: StationRun, ground: VirtualGround) => void;
  /** Called with the ground after its end. */
  readonly after?: (ground: VirtualGround) => void;
  /** The paper is not seen and nothing happens by itself, as with a real printer, and these are the hands there. */
  readonly real?: (clock: Clock) => Hands;
  /** Instead of the plan's own. */
  readonly phases?: (usual: readonly Phase[]) => readonly Phase[];
}

export type VirtualGround = ReturnType<typeof emulatedInVirtualTime>;

const dialects = new Map<string, Dialect>();

export async function dialectOf(profile: PrinterProfile): Promise<Dialect> {
  const known = dialects.get(profile.id) ?? (await prepareEscpos(profile));
  dialects.set(profile.id, known);
  return known;
}

/** A whole run of the station in virtual time, to its end. */
export async function virtualRun(options: VirtualRun = {}): Promise<FinishedRun & { readonly virtualMs: number }> {
  const profile = { ...readPrinterProfile(options.device ?? 'epson-tm-m30'), ...options.says };
  const dialect = await dialectOf(profile);
  const emulated = { ...profile, ...options.differs };
  const ground = emulatedInVirtualTime({ profile, emulated, dialect, glyphs: NO_GLYPHS });
  const { paper: _, faults: __, ...unseen } = ground;
  const plan: Plan = PLAN.parse(options.plan ?? {});
  for (const fault of options.faults ?? []) ground.faults?.put(fault);
  let finished: FinishedRun | undefined;
  const run = new StationRun(
    {
      ground: options.real === undefined ? ground : { ...unseen, hands: options.real(ground.clock) },
      plan,
      phases: options.phases?.(phasesOf(plan)) ?? phasesOf(plan),
      runId: options.runId ?? 'run',
      station: { version: '0', node: '0', platform: 'test' },
      faults: (options.faults ?? []).map(({ fault }) => fault),
      ...(options.listener === undefined ? {} : { listener: options.listener }),
    },
    (done) => {
      finished = done;
    },
  );
  options.before?.(run, ground);
  const startMs = ground.clock.now();
  run.start();
  ground.clock.runUntil(() => finished !== undefined, 3_600_000);
  if (finished === undefined) throw new Error('the run did not end within an hour');
  const virtualMs = ground.clock.now() - startMs;
  options.after?.(ground);
  ground.close();
  return { ...finished, virtualMs };
}

export function phase(record: RunRecord, name: string): PhaseRecord {
  const found = record.phases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no phase ${name} in the record`);
  return found;
}

export function measurement(record: RunRecord, name: string): Measurement {
  const found = record.phases.flatMap(({ measurements }) => measurements).find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no measurement ${name} in the record`);
  return found;
}

/** Names of the measurements with that outcome. */
export function those(record: RunRecord, outcome: Measurement['outcome']): string[] {
  return record.phases
    .flatMap(({ measurements }) => measurements)
    .filter((one) => one.outcome === outcome)
    .map(({ name }) => name);
}
