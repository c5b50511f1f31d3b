/**
 * The terminal as a model to be explored: the firmware's own machine, the journal that it writes, and of everything around
 * it just what decides which event can come next. A step here is pure: from a situation and a deed to the next situation.
 */
import { type Actor, type AnyMachineSnapshot, createActor } from 'xstate';
import type { TerminalInput } from '../../terminal/context.js';
import type { Effect, TerminalEvent } from '../../terminal/effects.js';
import { applyEntry } from '../../terminal/facts.js';
import type { JournalEntry, SaleEntry } from '../../terminal/journal/record.js';
import { terminalMachine } from '../../terminal/machine.js';
import { findOpen } from '../../terminal/recovery.js';
import { statePath } from '../../terminal/state-path.js';
import type { Deed } from './deeds.js';
import { eventOf, PRINTER_READY } from './events.js';
import { type Asked, GRAPH_TIMINGS, type House, type ModelSale, NOW_MS, type Situation } from './situation.js';
import { keyOfDefinition, START_WAYS } from './transitions.js';

/** After the first boot, with a printer that has said that it is ready. */
export function begin(house: House): Situation {
  return boot({ house, sales: [], boots: 0 });
}

/** The situation after a deed. What it does to the world around is in `eventOf`, what the firmware makes of it, here. */
export function step(before: Situation, deed: Deed): Situation {
  if (deed.type === 'POWER_CUT') return boot(before);
  const { events, around } = eventOf(before, deed);
  const heard = run(before.machine, events);
  return settled({ ...before, ...around }, heard);
}

function boot({ house, sales, boots }: Pick<Situation, 'house' | 'sales' | 'boots'>): Situation {
  const input: TerminalInput = {
    version: '0.0.0-model',
    merchant: { name: 'Model', terminalId: 'T01', utcOffsetMinutes: 480 },
    policy: house.policy,
    timings: GRAPH_TIMINGS,
    wallets: ['alipay'],
    found: findOpen(
      sales.map(({ facts }) => facts),
      NOW_MS - 1,
    ),
    unfinishedPaper: false,
    pagesCutShort: [],
    torn: undefined,
    mended: [],
    configuration: 'model',
    now: () => NOW_MS,
    digitalUrl: ({ saleId }) => `https://tickets.example/${saleId}`,
  };
  const effects: Effect[] = [];
  const actor = createActor(terminalMachine, { input, clock: NO_CLOCK });
  actor.on('*', (effect) => effects.push(effect));
  actor.start();
  const machine = actor.getSnapshot();
  const before: Situation = {
    ...{ status: 'active', output: undefined, error: undefined },
    ...{ house, sales, machine, asked: {}, job: undefined, boots: boots + 1, taken: [], effects: [] },
  };
  const taken = START_WAYS.get(statePath(machine.value)) ?? [];
  const booted = settled(before, { machine, taken, effects });
  const answered = run(booted.machine, [{ type: 'PRINTER_STATUS', status: PRINTER_READY }]);
  return { ...booted, machine: answered.machine, taken: [...taken, ...answered.taken] };
}

interface Heard {
  readonly machine: Situation['machine'];
  readonly taken: readonly string[];
  readonly effects: readonly Effect[];
}

/** Timers of a model never fire: that one has is an event like any other. */
const NO_CLOCK = { setTimeout: () => 0, clearTimeout: () => {} };

function run(from: AnyMachineSnapshot, events: readonly TerminalEvent[]): Heard {
  const taken: string[] = [];
  const effects: Effect[] = [];
  const actor: Actor<typeof terminalMachine> = createActor(terminalMachine, {
    // A snapshot of this machine, which is given back as it came.
    snapshot: from as never,
    // What a snapshot holds needs no input, and the types do not know that.
    input: from.context as never,
    clock: NO_CLOCK,
    inspect: (event) => {
      if (event.type === '@xstate.microstep') taken.push(...event._transitions.map(keyOfDefinition));
    },
  });
  actor.on('*', (effect) => effects.push(effect));
  actor.start();
  for (const event of events) actor.send(event);
  const machine = actor.getSnapshot();
  actor.stop();
  return { machine, taken, effects };
}

/** What the journal then says of each sale, and what is asked and printed from then on. */
function settled(before: Situation, { machine, taken, effects }: Heard): Situation {
  let { sales, job } = before;
  const asked = { ...stillAsked(before.asked, machine) };
  const placeOf = (saleId: string) => sales.findIndex(({ facts }) => facts.saleId === saleId);
  for (const effect of effects) {
    if (effect.type === 'journal') sales = written(sales, effect.entry);
    else if (effect.type === 'authorize') asked.AUTHORIZED = placeOf(effect.request.orderNo);
    else if (effect.type === 'query') asked.QUERIED = placeOf(effect.saleId);
    else if (effect.type === 'cancel') asked.CANCELLED = placeOf(effect.saleId);
    else if (effect.type === 'print') job = effect.job.jobId;
  }
  return { ...before, machine, sales, asked, job, taken, effects };
}

/** What nobody waits for any more is of no interest, but for the late answer to a request while its ticket is printed. */
function stillAsked({ AUTHORIZED, QUERIED, CANCELLED }: Asked, machine: Situation['machine']): Asked {
  if (machine.matches('settling') || machine.matches('reversing')) return { AUTHORIZED, QUERIED, CANCELLED };
  return machine.matches('printing') ? { AUTHORIZED } : {};
}

function written(sales: readonly ModelSale[], entry: JournalEntry): readonly ModelSale[] {
  if (!isOfSale(entry)) return sales;
  if (entry.kind === 'sale-opened') {
    const facts = applyEntry(undefined, entry, NOW_MS);
    return [...sales, { facts, fate: 'unknown', guarded: false, noticed: false }];
  }
  return sales.map((sale) => {
    if (sale.facts.saleId !== entry.saleId) return sale;
    const facts = applyEntry(sale.facts, entry, NOW_MS);
    return { ...sale, facts, guarded: facts.unresolved && facts.payment === 'unknown' };
  });
}

function isOfSale(entry: JournalEntry): entry is SaleEntry {
  return 'saleId' in entry;
}
