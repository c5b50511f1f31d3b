import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PaperjamError } from '../../base/errors.js';
import { parseYuan } from '../../base/money.js';
import { isFinal } from '../../terminal/facts.js';
import type { Terminal } from '../../terminal/terminal.js';
import type { PlatformReply } from '../../terminal/verdict/ask.js';
import { verdictOf } from '../../terminal/verdict/verdict.js';
import { isSettled, whenSettled } from '../../world/settled.js';
import type { World } from '../../world/world.js';
import { Deliveries } from './deliveries.js';
import { parse } from './problems.js';
import { ID_PARAMS, SALE_REQUEST, SALES_QUERY, type SaleRequest, SCAN_REQUEST, VERDICT_QUERY } from './schemas.js';
import { type SaleView, saleView, type VerdictView, verdictView } from './views.js';

/** Selling, asking what became of it, and giving it up. */
export function serveSales(app: FastifyInstance, world: World): void {
  const deliveries = new Deliveries(world);
  app.addHook('onClose', () => deliveries.close());

  /** Whoever reads a final payment has been told; a HEAD reads nothing. */
  const told = (saleId: string, { method }: FastifyRequest, { raw }: FastifyReply) => {
    const { facts } = world.terminal.page(saleId);
    if (isFinal(facts) && method !== 'HEAD') deliveries.tells(saleId, raw);
  };

  app.post('/v1/sales', async (request, reply): Promise<SaleView> => {
    const body = parse(SALE_REQUEST, request.body, 'body');
    const saleId = sell(world, body);
    deliveries.expect(saleId, reply.raw);
    await whenOpened(world, saleId);
    if (body.waitMs > 0) await whenSettledOrGone(world, saleId, body.waitMs, reply.raw);
    told(saleId, request, reply);
    reply.code(201).header('location', `/v1/sales/${saleId}`);
    return saleView(world.terminal.page(saleId).facts);
  });
  app.get('/v1/sales', (request) => {
    const { limit } = parse(SALES_QUERY, request.query, 'query');
    return { sales: world.terminal.sales().slice(-limit).map(saleView) };
  });
  app.get('/v1/sales/:id', (request, reply) => {
    const { facts } = world.terminal.page(idOf(request));
    told(facts.saleId, request, reply);
    return reply.send(saleView(facts));
  });
  app.get('/v1/sales/:id/verdict', async (request, reply): Promise<VerdictView> => {
    const { ask } = parse(VERDICT_QUERY, request.query, 'query');
    const saleId = idOf(request);
    const { terminal } = world;
    const asked = ask === 'true' ? await askPlatform(terminal, saleId) : undefined;
    const page = world.terminal.page(saleId);
    told(page.facts.saleId, request, reply);
    return verdictView(verdictOf(page), asked);
  });
  app.post('/v1/sales/:id/cancel', (request, reply) => {
    const saleId = idOf(request);
    cancel(world, saleId);
    return reply.code(202).send({ id: saleId, state: world.terminal.state });
  });
  app.post('/v1/scan', (request, reply) => {
    const { code } = parse(SCAN_REQUEST, request.body, 'body');
    const { terminal } = world;
    terminal.checkCode(code);
    if (terminal.failure !== undefined) throw terminal.failure;
    if (terminal.state !== 'scanning') {
      throw new PaperjamError('PJ_NOT_NOW', { problem: `no code is asked for, the terminal is at ${terminal.state}` });
    }
    world.people.show(code);
    return reply.code(202).send({ id: terminal.foreground, state: terminal.state });
  });
}

export function idOf({ params }: FastifyRequest): string {
  return parse(ID_PARAMS, params, 'path').id;
}

function sell(world: World, { amount, amountFen, subject, code, customer }: SaleRequest): string {
  return world.people.sell(amountFen ?? parseYuan(amount ?? ''), { subject, code, customer });
}

function askPlatform(terminal: Terminal, saleId: string): Promise<PlatformReply> {
  return new Promise((done) => terminal.ask(saleId, done));
}

/** Gives up the sale, if it is this one at which the terminal is. */
function cancel({ terminal, people }: World, saleId: string): void {
  const { payment, unresolved } = terminal.page(saleId).facts;
  const refuse = (problem: string) => new PaperjamError('PJ_NOT_NOW', { problem });
  if (payment !== 'unknown') throw refuse(`the payment of ${saleId} is ${payment}`);
  if (terminal.failure !== undefined) throw terminal.failure;
  if (unresolved) throw refuse(`${saleId} is being cancelled already, until the platform answers`);
  if (terminal.foreground !== saleId) throw refuse(`the terminal is at ${terminal.foreground ?? 'no sale'}`);
  people.cancel();
}

/** Until the sale is durable: a till is told of no sale that a power cut could still take. */
function whenOpened(world: World, saleId: string): Promise<void> {
  const { terminal } = world;
  return new Promise((resolve, reject) => {
    const unwatch = world.watch({
      record: (record) => {
        if (record.kind === 'sale-opened' && record.saleId === saleId) end(resolve);
        if (world.terminal === terminal) return;
        // The power was cut. The record may have survived all the same.
        if (world.terminal.find(saleId) !== undefined) end(resolve);
        else end(() => reject(new PaperjamError('PJ_POWER_CUT', { saleId })));
      },
      failed: (error) => end(() => reject(error)),
    });
    const end = (settle: () => void) => {
      unwatch();
      settle();
    };
  });
}

/** Until the sale has settled, the time is up, the terminal is out of service, or the till has gone. */
function whenSettledOrGone(world: World, saleId: string, waitMs: number, answer: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (answer.destroyed || isSettled(world.terminal.page(saleId).facts)) return resolve();
    const forget = whenSettled(world, saleId, waitMs, () => resolve());
    answer.once('close', () => {
      forget();
      resolve();
    });
  });
}
