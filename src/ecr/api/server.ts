import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { PaperjamError } from '../../base/errors.js';
import { listenError } from '../../base/listen-error.js';
import { parseYuan } from '../../base/money.js';
import type { FaultRecord } from '../../faults/board.js';
import { verdictOf } from '../../terminal/verdict/verdict.js';
import { ticketPicture } from '../../world/pictures.js';
import { isSettled, whenSettled } from '../../world/settled.js';
import type { World } from '../../world/world.js';
import { serveEvents } from './events.js';
import { parse, sendProblem } from './problems.js';
import {
  FAULT_REQUEST,
  PICTURE_QUERY,
  SALE_PARAMS,
  SALE_REQUEST,
  SALES_QUERY,
  type SaleRequest,
  SCAN_REQUEST,
} from './schemas.js';
import { saleView } from './views.js';

const BODY_LIMIT_BYTES = 64 * 1024;

/** Who the journal says an answer was delivered to. */
const TILL = 'api';

export interface ServedApi {
  readonly url: string;
  close(): Promise<void>;
}

/** The control API of one terminal. Throws `PJ_PORT_IN_USE`, `PJ_LISTEN`. */
export async function serveApi(world: World, { host = '127.0.0.1', port = 0 } = {}): Promise<ServedApi> {
  const app = fastify({ bodyLimit: BODY_LIMIT_BYTES, forceCloseConnections: true });
  app.setErrorHandler<Error>((error, _request, reply) => sendProblem(reply, error));
  app.setNotFoundHandler((request, reply) => {
    const what = `${request.method} ${request.url.slice(0, 200)}`;
    return sendProblem(reply, new PaperjamError('PJ_NOT_FOUND', { what }));
  });
  serveSales(app, world);
  serveTickets(app, world);
  serveFaults(app, world);
  serveEvents(app, world);
  app.get('/healthz', () => ({ state: world.terminal.state, screen: world.terminal.screen }));
  try {
    return { url: await app.listen({ host, port }), close: () => app.close() };
  } catch (cause) {
    await app.close();
    throw listenError(cause, 'control API', host, port);
  }
}

function serveSales(app: FastifyInstance, world: World): void {
  app.post('/v1/sales', (request, reply) => {
    const body = parse(SALE_REQUEST, request.body, 'body');
    const saleId = sell(world, body);
    reply.code(201).header('location', `/v1/sales/${saleId}`);
    if (body.waitMs === 0) return reply.send({ id: saleId, state: world.terminal.state });
    const forget = whenSettled(world, saleId, body.waitMs, () => answerSale(world, saleId, reply));
    reply.raw.once('close', () => {
      forget();
      if (!reply.raw.writableFinished) noteDelivery(world, saleId, 'lost');
    });
    return reply;
  });
  app.get('/v1/sales', (request) => {
    const { limit } = parse(SALES_QUERY, request.query, 'query');
    return { sales: world.terminal.sales().slice(-limit).map(saleView) };
  });
  app.get('/v1/sales/:id', (request, reply) => answerSale(world, saleIdOf(request.params), reply));
  app.get('/v1/sales/:id/verdict', (request, reply) => {
    const saleId = saleIdOf(request.params);
    noteWhenSent(world, saleId, reply);
    return reply.send(verdictOf(world.terminal.page(saleId)));
  });
  app.post('/v1/sales/:id/cancel', (request, reply) => {
    const saleId = saleIdOf(request.params);
    if (world.terminal.page(saleId).facts.payment !== 'unknown') {
      throw new PaperjamError('PJ_BUSY', { state: `the sale ${saleId} is over` });
    }
    world.terminal.cancel();
    return reply.code(202).send({ id: saleId, state: world.terminal.state });
  });
  app.post('/v1/scan', (request, reply) => {
    const { code } = parse(SCAN_REQUEST, request.body, 'body');
    world.terminal.checkCode(code);
    world.terminal.scan(code);
    return reply.code(202).send({ state: world.terminal.state });
  });
}

function serveTickets(app: FastifyInstance, world: World): void {
  app.get('/v1/sales/:id/ticket.png', (request, reply) => {
    const { piece } = parse(PICTURE_QUERY, request.query, 'query');
    const { facts } = world.terminal.page(saleIdOf(request.params));
    const { png, pieces } = ticketPicture(world, facts.saleId, piece);
    return reply.type('image/png').header('paperjam-pieces', pieces).send(Buffer.from(png));
  });
  app.post('/v1/sales/:id/reprint', (request, reply) => {
    const saleId = saleIdOf(request.params);
    world.terminal.reprint(saleId);
    return reply.code(202).send({ id: saleId, state: world.terminal.state });
  });
}

function serveFaults(app: FastifyInstance, world: World): void {
  app.post('/v1/faults', (request, reply) => {
    // The board checks the fault's own attributes, which the record's schema lets through.
    const record: FaultRecord = parse(FAULT_REQUEST, request.body, 'body');
    const active = world.faults.put(record);
    return reply.code(201).header('location', `/v1/faults/${active.id}`).send(active);
  });
  app.get('/v1/faults', () => ({ faults: world.faults.active() }));
  app.delete('/v1/faults/:id', (request, reply) => {
    const { id } = parse(SALE_PARAMS, request.params, 'path');
    if (!world.faults.clear(id)) throw new PaperjamError('PJ_NOT_FOUND', { what: `fault ${id}` });
    return reply.code(204).send();
  });
}

function sell(world: World, body: SaleRequest): string {
  const { amount, amountFen, subject, customer } = body;
  const fen = amountFen ?? parseYuan(amount ?? '');
  const code =
    body.code ?? (customer === undefined ? undefined : world.customerCode(customer.behaviour, customer.afterMs));
  return world.terminal.sell(fen, {
    ...(subject === undefined ? {} : { subject }),
    ...(code === undefined ? {} : { code }),
  });
}

function saleIdOf(params: unknown): string {
  return parse(SALE_PARAMS, params, 'path').id;
}

function answerSale(world: World, saleId: string, reply: FastifyReply): FastifyReply {
  noteWhenSent(world, saleId, reply);
  return reply.send(saleView(world.terminal.page(saleId).facts));
}

/** The third fact: when an answer with the final payment has left, the till has been told. */
function noteWhenSent(world: World, saleId: string, reply: FastifyReply): void {
  if (!isSettled(world.terminal.page(saleId).facts)) return;
  reply.raw.once('finish', () => noteDelivery(world, saleId, 'delivered'));
}

function noteDelivery(world: World, saleId: string, fact: 'delivered' | 'lost'): void {
  const { delivery } = world.terminal.page(saleId).facts;
  if (delivery !== 'delivered' && delivery !== fact) world.terminal.delivered(saleId, TILL, fact);
}
