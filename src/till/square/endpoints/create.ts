import type { Counter } from '../../counter.js';
import type { Answered, Call, Cloud } from '../call.js';
import { parseDurationMs } from '../duration.js';
import { invalid, notFound, Refusal } from '../errors.js';
import { terminalIdOf } from '../identity.js';
import { newId } from '../ids.js';
import type { Task } from '../records.js';
import { fingerprint, type TaskKind } from '../tasks.js';
import { type Behaviour, behaviourOf } from '../test-devices.js';

/** The device that something is sent to: a terminal, or one of the sandbox's, which stands for the first. */
export interface Device {
  readonly counter: Counter;
  readonly behaviour: Behaviour | undefined;
}

export function findDevice({ shop }: Cloud, kind: TaskKind, deviceId: string): Device | undefined {
  const behaviour = behaviourOf(deviceId, kind);
  const counter = behaviour === undefined ? shop.counter(terminalIdOf(deviceId)) : shop.first;
  return counter === undefined ? undefined : { counter, behaviour };
}

export function deviceOrRefusal(cloud: Cloud, kind: TaskKind, deviceId: string, field: string): Device | Refusal {
  const device = findDevice(cloud, kind, deviceId);
  if (device !== undefined) return device;
  const known = [...cloud.shop.counters.keys()].slice(0, 10).join(', ');
  return notFound(`Could not find device with id \`${deviceId.slice(0, 80)}\`. Known here: ${known}.`, field);
}

/** What of a new task does not come from its kind. */
type Fresh = Pick<Task, 'kind' | 'key' | 'of' | 'asked'>;

export function newTask({ shop }: Cloud, fresh: Fresh, { counter, behaviour }: Device, deadline: string): Task {
  const nowMs = shop.clock.now();
  const lastsMs = behaviour === 'times-out' ? 0 : (parseDurationMs(deadline) ?? 0);
  // A checkout of which the buyer thinks better is a sale all the same; of anything else no terminal ever hears.
  const cancels = behaviour === 'buyer-cancels' && fresh.kind !== 'checkout';
  return {
    ...fresh,
    terminalId: counter.id,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    deadlineMs: nowMs + lastsMs,
    status: 'PENDING',
    ...(behaviour === 'offline' || cancels ? { acts: behaviour } : {}),
  };
}

interface Wanted {
  readonly kind: TaskKind;
  readonly key: string;
  /** What was asked: with the same key it has to be the same. */
  readonly asked: unknown;
  /** The new task, unless there is something against it. */
  make(fresh: Pick<Task, 'kind' | 'key' | 'of'>): Task | Refusal;
  /** Answers with it. */
  show(id: string, task: Task): Answered;
}

/** Keeps a new task and then answers with it; a key that is known gets what was made by it, as it is now. */
export function createOnce(cloud: Cloud, call: Call, { kind, key, asked, make, show }: Wanted): Answered {
  const { tasks, dispatcher } = cloud;
  const of = fingerprint(asked);
  const kept = (id: string) => (error?: Error) =>
    call.kept(error, () => {
      dispatcher.add(id);
      const task = dispatcher.look(id);
      return task === undefined ? undefined : show(id, task);
    });
  const before = tasks.withKey(kind, key);
  if (before !== undefined) {
    if (tasks.get(before)?.of !== of) return keyReused();
    tasks.whenKept(before, kept(before));
    return undefined;
  }
  const task = make({ kind, key, of });
  if (task instanceof Refusal) return task;
  const id = freeId(cloud, kind);
  tasks.create(id, task, kept(id));
  return undefined;
}

export function keyReused(): Refusal {
  const detail = 'The idempotency key can only be retried with the same request data.';
  return invalid('IDEMPOTENCY_KEY_REUSED', 'idempotency_key', detail);
}

/** An id that no task has, and by which no journal knows a sale: chance may repeat itself from run to run. */
function freeId({ shop, tasks }: Cloud, kind: TaskKind): string {
  const counters = [...shop.counters.values()];
  const prefix = kind === 'action' ? 'termapia:' : '';
  for (;;) {
    const id = `${prefix}${newId(shop.random, 13)}`;
    if (tasks.get(id) === undefined && counters.every((counter) => counter.saleOf('square', id) === undefined))
      return id;
  }
}
