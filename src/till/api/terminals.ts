import { z } from 'zod';
import type { Counter } from '../counter.js';
import { route } from './route.js';
import { SCREEN_VIEW } from './views.js';

const PRINTER_VIEW = z.strictObject({
  device: z.string().describe('the name of its profile'),
  ready: z.boolean(),
  life: z.string(),
  faults: z.array(z.string()).describe('the worst first'),
  paperNearEnd: z.boolean(),
  problem: z.string().optional(),
});

export const TERMINAL_VIEW = z
  .strictObject({
    id: z.string().describe('its number; begins every order number'),
    merchant: z.string(),
    power: z.enum(['on', 'off']),
    state: z.string(),
    free: z.boolean().describe('a new sale can begin now'),
    ready: z.boolean().describe('it has booted, its journal is good, and its printer is known, or known to be missing'),
    screen: SCREEN_VIEW,
    printer: PRINTER_VIEW,
    problem: z.string().optional().describe('why it is out of service'),
  })
  .meta({ id: 'Terminal' });
export type TerminalView = z.infer<typeof TERMINAL_VIEW>;

export function terminalView(counter: Counter): TerminalView {
  const { world, id, power } = counter;
  const { terminal, printer, profile, merchant } = world;
  const { ready, life, faults, paperNearEnd, problem } = printer.status();
  return {
    id,
    merchant: merchant.name,
    power,
    state: terminal.state,
    free: terminal.free,
    ready: isReady(counter),
    screen: terminal.screen,
    printer: {
      device: profile.id,
      ready,
      life,
      faults: [...faults],
      paperNearEnd,
      ...(problem === undefined ? {} : { problem }),
    },
    ...(terminal.failure === undefined ? {} : { problem: terminal.failure.message }),
  };
}

/**
 * Whether it has come up: its display shows more than that it boots, which it does once the boot is in the journal. A sale
 * that is under way then does not make it unready, nor does a printer that is known to fail.
 */
export function isReady({ world, power }: Counter): boolean {
  const { terminal, printer } = world;
  const { ready, faults, life } = printer.status();
  const { state } = terminal.screen;
  if (power === 'off' || state === 'off' || state === 'boot' || terminal.failure !== undefined) return false;
  return ready || faults.length > 0 || life === 'absent';
}

export const listTerminals = route({
  method: 'GET',
  path: '/v1/terminals',
  id: 'listTerminals',
  tag: 'terminals',
  title: 'The terminals of this process',
  ofTerminal: false,
  answers: {
    200: {
      about: 'In their order; the first is the one that paths without a number mean',
      schema: z.strictObject({ terminals: z.array(TERMINAL_VIEW) }),
    },
  },
  problems: [],
  handle: (call) => call.answer(200, { terminals: [...call.shop.counters.values()].map(terminalView) }),
});

export const getTerminal = route({
  method: 'GET',
  path: '/v1/terminals/:terminal',
  id: 'getTerminal',
  tag: 'terminals',
  title: 'One terminal',
  ofTerminal: false,
  answers: { 200: { about: 'What it is at, what it shows, and how its printer is', schema: TERMINAL_VIEW } },
  problems: ['PJ_NOT_FOUND'],
  handle: (call) => call.answer(200, terminalView(call.counter)),
});
