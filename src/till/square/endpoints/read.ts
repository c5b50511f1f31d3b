import type { z } from 'zod';
import type { ToldPayment } from '../../wire.js';
import type { Aim, Answered, Call, Cloud, Endpoint } from '../call.js';
import { deviceOf } from '../checkout-work.js';
import { notFound, Refusal } from '../errors.js';
import { terminalIdOf } from '../identity.js';
import { pageOf } from '../page.js';
import { parse } from '../parse.js';
import { toldOf, toldOfCheckout } from '../payment-view.js';
import { isOver, type Task } from '../records.js';
import { SEARCH, type Search } from '../schemas.js';
import { taskView } from '../task-view.js';
import type { TaskKind } from '../tasks.js';

const DAY_MS = 24 * 60 * 60_000;
const PAGE_MAX = 100;
const MOMENT_MS = 5;

/** What the three kinds of the Terminal API are called. */
export interface Names {
  readonly kind: TaskKind;
  /** In the path: `checkouts`. */
  readonly path: string;
  /** The field of a found list; of actions it is the singular too. */
  readonly list: string;
}

/** A task of this kind as it is now, or that there is none of that id. */
export function taskOf(cloud: Cloud, kind: TaskKind, id: string): Task | Refusal {
  const task = cloud.tasks.get(id);
  const now = task?.kind === kind && task.plain !== true ? cloud.dispatcher.look(id) : undefined;
  return now ?? notFound(`Could not find ${kind} with id \`${id.slice(0, 80)}\`.`);
}

/** Answers with one task, and with what that says of a payment for good. */
export function show(cloud: Cloud, call: Call, id: string, task: Task): undefined {
  const counter = cloud.shop.counter(task.terminalId);
  return call.reply({ [task.kind]: taskView(id, task, counter) }, ...toldOfTask(cloud, task));
}

/**
 * A till that asks how far something is asks again and again. Each time it takes a moment, as it does over a network:
 * where time is virtual and runs only while somebody waits, it goes on by that.
 */
function showInAMoment(cloud: Cloud, call: Call, task: Task): undefined {
  const { clock } = cloud.shop;
  const timer = clock.setTimeout(() => show(cloud, call, call.id, cloud.dispatcher.look(call.id) ?? task), MOMENT_MS);
  call.exchange.onGone(() => clock.clearTimeout(timer));
  return undefined;
}

/** Where a fault of the way to the till takes hold when it is about a task that there is. */
export function aimAtTask(kind: Aim['kind']): Endpoint['aim'] {
  return ({ shop, tasks }, id) => ({ kind, world: shop.counter(tasks.get(id)?.terminalId ?? '')?.world });
}

export function reading(names: Names): Endpoint[] {
  const { kind, path } = names;
  return [
    {
      method: 'GET',
      path: `/v2/terminals/${path}/:id`,
      aim: aimAtTask('status'),
      handle: (cloud, call) => {
        const task = taskOf(cloud, kind, call.id);
        if (task instanceof Refusal) return task;
        return isOver(task) ? show(cloud, call, call.id, task) : showInAMoment(cloud, call, task);
      },
    },
    {
      method: 'POST',
      path: `/v2/terminals/${path}/search`,
      aim: () => ({ kind: 'status' }),
      handle: (cloud, call) => {
        const search = parse(SEARCH, call.input);
        return search instanceof Refusal ? search : found(cloud, call, names, search);
      },
    },
  ];
}

function found(cloud: Cloud, call: Call, { kind, list }: Names, { query, cursor, limit = PAGE_MAX }: Search): Answered {
  const { tasks, dispatcher, shop } = cloud;
  for (const counter of shop.counters.values()) for (const [id] of tasks.open(counter.id)) dispatcher.look(id);
  const matches = filterOf(query?.filter, shop.clock.now());
  const things = tasks.of(kind).filter(([, task]) => task.plain !== true && matches(task));
  const listed = things.map(([id, task]) => ({ id, atMs: task.createdAtMs, thing: { id, task } }));
  const paged = pageOf(listed, { cursor, limit, order: query?.sort?.sort_order ?? 'DESC' });
  if (paged instanceof Refusal) return paged;
  const { page, cursor: next } = paged;
  const views = page.map(({ id, task }) => taskView(id, task, shop.counter(task.terminalId)));
  const told = page.flatMap(({ task }) => toldOfTask(cloud, task));
  return call.reply(
    { ...(views.length === 0 ? {} : { [list]: views }), ...(next === undefined ? {} : { cursor: next }) },
    ...told,
  );
}

type Filter = NonNullable<NonNullable<z.infer<typeof SEARCH>['query']>['filter']>;

/** Without a time: those of the last 24 hours, as Square has it. */
function filterOf(filter: Filter | undefined, nowMs: number): (task: Task) => boolean {
  const { device_id: deviceId, created_at: createdAt, status, type } = filter ?? {};
  const fromMs = createdAt?.start_at === undefined ? nowMs - DAY_MS : Date.parse(createdAt.start_at);
  const toMs = createdAt?.end_at === undefined ? Number.POSITIVE_INFINITY : Date.parse(createdAt.end_at);
  return (task) =>
    task.createdAtMs >= fromMs &&
    task.createdAtMs <= toMs &&
    (status === undefined || task.status === status) &&
    (type === undefined || task.asked.type === type) &&
    (deviceId === undefined || terminalIdOf(deviceOf(task.asked)) === terminalIdOf(deviceId));
}

function toldOfTask({ shop }: Cloud, { kind, status, saleId, terminalId }: Task): readonly ToldPayment[] {
  const counter = shop.counter(terminalId);
  if (counter === undefined || saleId === undefined || (status !== 'COMPLETED' && status !== 'CANCELED')) return [];
  const facts = counter.facts(saleId);
  if (kind === 'checkout') return toldOfCheckout(facts, counter);
  return kind === 'refund' && status === 'COMPLETED' ? toldOf(facts, counter) : [];
}
