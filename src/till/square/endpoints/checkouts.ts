import type { Answered, Call, Cloud, Endpoint } from '../call.js';
import { invalid, Refusal } from '../errors.js';
import { parse } from '../parse.js';
import { isOver, type Task, type TaskStatus } from '../records.js';
import { CREATE_CHECKOUT } from '../schemas.js';
import { tipOf } from '../test-devices.js';
import { createOnce, deviceOrRefusal, findDevice, newTask } from './create.js';
import { aimAtTask, reading, show, taskOf } from './read.js';

export const CHECKOUT_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v2/terminals/checkouts',
    aim: (cloud, _id, body) => {
      const wanted = CREATE_CHECKOUT.safeParse(body).data?.checkout.device_options.device_id;
      return {
        kind: 'sale',
        world: wanted === undefined ? undefined : findDevice(cloud, 'checkout', wanted)?.counter.world,
      };
    },
    handle: create,
  },
  ...reading({ kind: 'checkout', path: 'checkouts', list: 'checkouts' }),
  { method: 'POST', path: '/v2/terminals/checkouts/:id/cancel', aim: aimAtTask('abort'), handle: cancel },
  { method: 'POST', path: '/v2/terminals/checkouts/:id/dismiss', aim: aimAtTask('abort'), handle: dismiss },
];

function create(cloud: Cloud, call: Call): Answered {
  const body = parse(CREATE_CHECKOUT, call.input);
  if (body instanceof Refusal) return body;
  const { idempotency_key: key, checkout } = body;
  return createOnce(cloud, call, {
    kind: 'checkout',
    key,
    asked: checkout,
    make: (fresh) => {
      const { amount_money, tip_money, device_options, deadline_duration } = checkout;
      const field = 'checkout.device_options.device_id';
      const device = deviceOrRefusal(cloud, 'checkout', device_options.device_id, field);
      if (device instanceof Refusal) return device;
      const tipFen = tip_money?.amount ?? tipOf(device.behaviour, amount_money.amount);
      const asked = { ...checkout, payment_options: { autocomplete: true, ...checkout.payment_options } };
      const task = newTask(cloud, { ...fresh, asked }, device, deadline_duration);
      // A terminal that is free is asked for it at once: then that need not be written down by itself.
      const { power, world } = device.counter;
      const begun = task.acts === undefined && power === 'on' && world.terminal.free;
      const due = { amountFen: amount_money.amount + tipFen, tipFen };
      return { ...task, ...due, ...(begun ? { begun } : {}) };
    },
    show: (id, task) => show(cloud, call, id, task),
  });
}

/** The till gives it up. What the terminal has in hand it is asked to give up, and says itself how that ends. */
function cancel(cloud: Cloud, call: Call): Answered {
  return giveUpOr(cloud, call, (task) => tooLate(cloud, call.id, task));
}

/** The same, but whatever cannot be given up is left as it is, without an error. */
function dismiss(cloud: Cloud, call: Call): Answered {
  return giveUpOr(cloud, call, (task) => show(cloud, call, call.id, task));
}

function giveUpOr(cloud: Cloud, call: Call, otherwise: (task: Task) => Answered): Answered {
  const { id } = call;
  const { dispatcher, tasks, shop } = cloud;
  const task = taskOf(cloud, 'checkout', id);
  if (task instanceof Refusal) return task;
  const counter = shop.counter(task.terminalId);
  if (isOver(task)) return otherwise(task);
  const answer = (error?: Error) =>
    call.kept(error, () => {
      if (counter !== undefined) dispatcher.soon(counter);
      return show(cloud, call, id, dispatcher.look(id) ?? task);
    });
  if (!dispatcher.isBegun(id, task)) {
    tasks.change(id, { status: 'CANCELED', cancelReason: 'SELLER_CANCELED' }, answer);
    return undefined;
  }
  if (counter === undefined) return otherwise(task);
  const facts = task.saleId === undefined ? undefined : counter.facts(task.saleId);
  // Paid, and not yet for good: by policy it still hangs on its ticket, and on nobody's wish.
  if (facts?.payment === 'paid') return otherwise(task);
  if (task.status === 'CANCEL_REQUESTED') tasks.whenKept(id, answer);
  else tasks.change(id, { status: 'CANCEL_REQUESTED', cancelAsked: true }, answer);
  return undefined;
}

/** In the words in which Square refuses it. */
export function tooLate({ dispatcher }: Cloud, id: string, task: Task, status: TaskStatus = task.status): Refusal {
  const detail = `Cannot transition from status ${status} to status CANCELED with cancel_reason SELLER_CANCELED`;
  const lost = `: terminal ${task.terminalId} may have it in hand, and is not configured here, so nobody knows how it ends`;
  return invalid('INVALID_VALUE', 'status', dispatcher.isLost(id, task) ? `${detail}${lost}.` : detail);
}
