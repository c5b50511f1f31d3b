/** A moment of the model: what the firmware's machine is at, and what is known of everything around it. */
import type { SnapshotFrom } from 'xstate';
import type { Policy } from '../../terminal/context.js';
import type { Effect } from '../../terminal/effects.js';
import type { SaleFacts } from '../../terminal/facts.js';
import type { terminalMachine } from '../../terminal/machine.js';
import { statePath } from '../../terminal/state-path.js';
import { DEFAULT_TIMINGS, type Timings } from '../../terminal/timings.js';
import { delaysIn } from './transitions.js';

/** Short enough that whatever was asked can still be answered late: a silence of the SDK ends 5 s after the terminal's. */
export const GRAPH_TIMINGS: Timings = {
  ...DEFAULT_TIMINGS,
  queryTimeoutMs: 1_000,
  queryIntervalMs: 1_000,
  queryLimit: 2,
  cancelTimeoutMs: 1_000,
  cancelIntervalMs: 500,
  cancelLimit: 2,
};

/** What a merchant has decided; a path begins in a shop with one of these. */
export interface House {
  readonly name: string;
  readonly policy: Policy;
  /** How many sales are looked at, one after the other. */
  readonly sales: number;
}

export const HOUSES: readonly House[] = [
  { name: 'ask', policy: { reprint: 'ask' }, sales: 2 },
  { name: 'prompt', policy: { reprint: 'ask', print: 'prompt' }, sales: 1 },
  { name: 'when-ready', policy: { reprint: 'when-ready' }, sales: 1 },
  { name: 'void', policy: { reprint: 'ask', unprinted: 'void-if-unprinted', voidAfterMs: 8_000 }, sales: 1 },
  { name: 'offer-digital', policy: { reprint: 'ask', unprinted: 'offer-digital' }, sales: 1 },
  { name: 'paper-required', policy: { reprint: 'ask', paper: 'required' }, sales: 1 },
];

/** What becomes of an order at the platform, as far as its answers have shown. */
export type Fate = 'unknown' | 'waiting' | 'paid' | 'refunded' | 'closed' | 'refused';

export interface ModelSale {
  readonly facts: SaleFacts;
  readonly fate: Fate;
  /** The guard task goes on cancelling it. */
  readonly guarded: boolean;
  /** A notice of it has come. */
  readonly noticed: boolean;
}

/** Which question is open, and about which sale. */
export type Asked = Readonly<Partial<Record<'AUTHORIZED' | 'QUERIED' | 'CANCELLED', number>>>;

export interface Situation {
  readonly status: 'active';
  readonly output: undefined;
  readonly error: undefined;
  readonly house: House;
  readonly machine: SnapshotFrom<typeof terminalMachine>;
  readonly sales: readonly ModelSale[];
  readonly asked: Asked;
  /** The job at the printer. */
  readonly job: string | undefined;
  readonly boots: number;
  /** What the step to here took, and where it came by. */
  readonly taken: readonly string[];
  /** What the step to here wanted done. */
  readonly effects: readonly Effect[];
}

export const AMOUNT_FEN = 1_280;
export const NOW_MS = Date.UTC(2026, 0, 1, 4);

export function stateOf({ machine }: Situation): string {
  return statePath(machine.value);
}

/** The foreground's sale by its place, if there is one. */
export function foregroundOf({ machine, sales }: Situation): number | undefined {
  const place = sales.findIndex(({ facts }) => facts.saleId === machine.context.facts?.saleId);
  return place < 0 ? undefined : place;
}

export function saleIdOf(place: number): string {
  return `T01-sale-${place}`;
}

/** The delays that run now, by their names. */
export function delaysOf(situation: Situation): readonly string[] {
  return delaysIn(stateOf(situation)).map(({ name }) => name);
}
