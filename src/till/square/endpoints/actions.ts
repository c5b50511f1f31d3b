import type { Answered, Call, Cloud, Endpoint } from '../call.js';
import { invalid, notFound, Refusal } from '../errors.js';
import { parse } from '../parse.js';
import { wasCompleted } from '../payment-state.js';
import { isOver } from '../records.js';
import { type ActionBody, CREATE_ACTION } from '../schemas.js';
import { tooLate } from './checkouts.js';
import { createOnce, type Device, deviceOrRefusal, findDevice, newTask } from './create.js';
import { aimAtTask, reading, show, taskOf } from './read.js';

export const ACTION_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v2/terminals/actions',
    aim: (cloud, _id, body) => {
      const action = CREATE_ACTION.safeParse(body).data?.action;
      const world = action === undefined ? undefined : findDevice(cloud, 'action', action.device_id)?.counter.world;
      return { kind: action?.type === 'RECEIPT' ? 'print' : 'other', world };
    },
    handle: create,
  },
  ...reading({ kind: 'action', path: 'actions', list: 'action' }),
  { method: 'POST', path: '/v2/terminals/actions/:id/cancel', aim: aimAtTask('other'), handle: cancel },
  { method: 'POST', path: '/v2/terminals/actions/:id/dismiss', aim: aimAtTask('other'), handle: dismiss },
];

function create(cloud: Cloud, call: Call): Answered {
  const body = parse(CREATE_ACTION, call.input);
  if (body instanceof Refusal) return body;
  const { idempotency_key: key, action } = body;
  return createOnce(cloud, call, {
    kind: 'action',
    key,
    asked: action,
    make: (fresh) => {
      const device = deviceOrRefusal(cloud, 'action', action.device_id, 'action.device_id');
      if (device instanceof Refusal) return device;
      const saleId = receiptSale(device, action);
      if (saleId instanceof Refusal) return saleId;
      const task = newTask(cloud, { ...fresh, asked: action }, device, action.deadline_duration);
      return saleId === undefined ? task : { ...task, saleId };
    },
    show: (id, task) => show(cloud, call, id, task),
  });
}

/** The sale whose receipt is wanted: a terminal prints those of its own sales, once they are paid. */
function receiptSale(
  { counter }: Device,
  { type, receipt_options: receipt }: ActionBody,
): string | undefined | Refusal {
  if (type !== 'RECEIPT' || receipt === undefined) return undefined;
  const field = 'action.receipt_options.payment_id';
  const { payment_id: saleId } = receipt;
  const facts = counter.facts(saleId);
  if (facts === undefined) {
    return notFound(`Could not find payment with id \`${saleId.slice(0, 80)}\` at terminal ${counter.id}.`, field);
  }
  if (wasCompleted(facts) && facts.payment === 'paid') return saleId;
  const detail = `There is no receipt for payment \`${saleId}\`: it is not paid, or not any more.`;
  return invalid('INVALID_VALUE', field, detail);
}

function cancel(cloud: Cloud, call: Call): Answered {
  const { id } = call;
  const { dispatcher, tasks, shop } = cloud;
  const task = taskOf(cloud, 'action', id);
  if (task instanceof Refusal) return task;
  const counter = shop.counter(task.terminalId);
  if (isOver(task) || (counter === undefined && dispatcher.isBegun(id, task))) return tooLate(cloud, id, task);
  const answer = (error?: Error) => call.kept(error, () => show(cloud, call, id, dispatcher.look(id) ?? task));
  // What is on its way to the paper arrives there, or not: the printer's word is waited for.
  const change =
    counter !== undefined && dispatcher.receipts.isUnderWay(id, task, counter)
      ? ({ status: 'CANCEL_REQUESTED', cancelAsked: true } as const)
      : ({ status: 'CANCELED', cancelReason: 'SELLER_CANCELED' } as const);
  tasks.change(id, change, answer);
  return undefined;
}

/** Only an action that waits on the display for another one can be dismissed, and this terminal has none of that type. */
function dismiss(cloud: Cloud, call: Call): Answered {
  const task = taskOf(cloud, 'action', call.id);
  if (task instanceof Refusal) return task;
  const detail = `An action of type ${String(task.asked.type)} with status ${task.status} cannot be dismissed.`;
  return invalid('INVALID_VALUE', 'action_id', detail);
}
