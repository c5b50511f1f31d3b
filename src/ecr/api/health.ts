import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isReady, terminalView } from '../../till/api/terminals.js';
import { SCREEN_VIEW } from '../../till/api/views.js';
import type { Counter } from '../../till/counter.js';
import type { Shop } from '../../till/shop.js';
import { isStranger } from '../face/open-app.js';
import type { OwnRoute } from './own-route.js';

const STATUS = z.enum(['ok', 'out-of-service']).describe('out of service: no terminal can sell any more');
const TERMINAL_STATE = z.strictObject({
  id: z.string(),
  state: z.string(),
  ready: z.boolean(),
  problem: z.string().optional(),
});
const HEALTH_VIEW = z
  .strictObject({
    status: STATUS,
    state: z.string().optional().describe('of the first terminal'),
    screen: SCREEN_VIEW.optional().describe('of the first terminal'),
    problem: z.string().optional().describe('why the first terminal is out of service'),
    terminals: z.array(TERMINAL_STATE).optional(),
  })
  .meta({ id: 'Health', description: 'Without the token, where one is wanted, only the status.' });
const READINESS_VIEW = z
  .strictObject({ ready: z.boolean(), terminals: z.array(TERMINAL_STATE).optional() })
  .meta({ id: 'Readiness', description: 'Without the token, where one is wanted, only whether.' });

function stateOf(counter: Counter): z.infer<typeof TERMINAL_STATE> {
  const { id, state, ready, problem } = terminalView(counter);
  return { id, state, ready, ...(problem === undefined ? {} : { problem }) };
}

/** For whoever keeps this process running: it is alive, and its terminals have come up. */
export function healthRoutes(shop: Shop): readonly OwnRoute[] {
  const counters = [...shop.counters.values()];
  const told = (request: FastifyRequest, more: object) => (isStranger(request) ? {} : more);
  return [
    {
      method: 'GET',
      path: '/healthz',
      id: 'getHealth',
      tag: 'terminals',
      title: 'Whether the process is alive',
      ofTerminal: false,
      open: true,
      answers: {
        200: { about: 'It is', schema: HEALTH_VIEW },
        503: { about: 'It is, and every terminal is out of service', schema: HEALTH_VIEW },
      },
      problems: [],
      serve(request, reply) {
        const { state, screen, failure } = shop.first.world.terminal;
        const alive = counters.some(({ world }) => world.terminal.failure === undefined);
        const problem = failure === undefined ? {} : { problem: failure.message };
        const more = { state, screen, ...problem, terminals: counters.map(stateOf) };
        return reply.code(alive ? 200 : 503).send({ status: alive ? 'ok' : 'out-of-service', ...told(request, more) });
      },
    },
    {
      method: 'GET',
      path: '/readyz',
      id: 'getReadiness',
      tag: 'terminals',
      title: 'Whether every terminal is ready to sell',
      about: 'It has booted, its journal is good, and its printer has answered, or is known to be missing.',
      ofTerminal: false,
      open: true,
      answers: {
        200: { about: 'They are', schema: READINESS_VIEW },
        503: { about: 'Not yet, or not any more', schema: READINESS_VIEW },
      },
      problems: [],
      serve(request, reply) {
        const ready = counters.every(isReady);
        return reply.code(ready ? 200 : 503).send({ ready, ...told(request, { terminals: counters.map(stateOf) }) });
      },
    },
  ];
}
