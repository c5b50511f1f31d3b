import type { SalePage } from '../../../terminal/book.js';
import type { Counter } from '../../counter.js';
import type { Answered, Call, Cloud, Endpoint } from '../call.js';
import { noRefund, notFound, Refusal } from '../errors.js';
import { parse } from '../parse.js';
import { isRefunded, wasCompleted } from '../payment-state.js';
import { isOver, type Money } from '../records.js';
import { nextRefundNo } from '../refund-list.js';
import { CREATE_TERMINAL_REFUND } from '../schemas.js';
import { tooLate } from './checkouts.js';
import { createOnce, deviceOrRefusal, findDevice, newTask } from './create.js';
import { aimAtTask, reading, show, taskOf } from './read.js';

/** Refunds that a terminal carries out. */
export const TERMINAL_REFUND_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v2/terminals/refunds',
    aim: (cloud, _id, body) => {
      const wanted = CREATE_TERMINAL_REFUND.safeParse(body).data?.refund.device_id;
      return {
        kind: 'reversal',
        world: wanted === undefined ? undefined : findDevice(cloud, 'refund', wanted)?.counter.world,
      };
    },
    handle: create,
  },
  ...reading({ kind: 'refund', path: 'refunds', list: 'refunds' }),
  { method: 'POST', path: '/v2/terminals/refunds/:id/cancel', aim: aimAtTask('other'), handle: cancel },
  { method: 'POST', path: '/v2/terminals/refunds/:id/dismiss', aim: aimAtTask('other'), handle: dismiss },
];

function create(cloud: Cloud, call: Call): Answered {
  const body = parse(CREATE_TERMINAL_REFUND, call.input);
  if (body instanceof Refusal) return body;
  const { idempotency_key: key, refund } = body;
  return createOnce(cloud, call, {
    kind: 'refund',
    key,
    asked: refund,
    make: (fresh) => {
      const device = deviceOrRefusal(cloud, 'refund', refund.device_id, 'refund.device_id');
      if (device instanceof Refusal) return device;
      const at = refundable(cloud, refund.payment_id, refund.amount_money, 'refund.');
      if (at instanceof Refusal) return at;
      if (device.behaviour === undefined && at.counter !== device.counter) {
        const detail = `Payment \`${refund.payment_id}\` was taken at terminal ${at.counter.id}: it is refunded there.`;
        return noRefund('PAYMENT_NOT_REFUNDABLE', detail, 'refund.device_id');
      }
      const task = newTask(
        cloud,
        { ...fresh, asked: refund },
        { ...device, counter: at.counter },
        refund.deadline_duration,
      );
      return { ...task, saleId: refund.payment_id, refundNo: nextRefundNo(cloud.tasks, at.page) };
    },
    show: (id, task) => show(cloud, call, id, task),
  });
}

/** The payment, if all of it can go back to the buyer. `within`: where the request names it. */
export function refundable(
  { shop, tasks }: Cloud,
  paymentId: string,
  { amount }: Pick<Money, 'amount'>,
  within: '' | 'refund.',
): { readonly counter: Counter; readonly page: SalePage } | Refusal {
  const counter = shop.whoseSale(paymentId);
  const page = counter?.world.terminal.find(paymentId);
  if (counter === undefined || page?.facts.sent !== true) {
    return notFound(`Could not find payment with id: ${paymentId.slice(0, 80)}`, `${within}payment_id`);
  }
  const { facts } = page;
  const pending = tasks.open(counter.id).some(([, task]) => task.kind === 'refund' && task.saleId === paymentId);
  if (pending || (isRefunded(facts) && facts.payment === 'unknown')) {
    return noRefund(
      'REFUND_ALREADY_PENDING',
      `A refund of payment ${paymentId} is pending already.`,
      `${within}payment_id`,
    );
  }
  if (isRefunded(facts)) {
    const detail = 'The requested refund amount exceeds the amount available to refund: all of it has gone back.';
    return noRefund('REFUND_AMOUNT_INVALID', detail, `${within}amount_money.amount`);
  }
  if (!wasCompleted(facts)) {
    const detail = `Payment ${paymentId} is not complete, so there is nothing to refund.`;
    return noRefund('PAYMENT_NOT_REFUNDABLE', detail, `${within}payment_id`);
  }
  if (amount === facts.amountFen) return { counter, page };
  const detail = `This platform refunds a payment as a whole: ${facts.amountFen} fen, not ${amount}.`;
  return noRefund('REFUND_AMOUNT_INVALID', detail, `${within}amount_money.amount`);
}

/** Money that is going back already cannot be held. */
function cancel(cloud: Cloud, call: Call): Answered {
  const { id } = call;
  const { dispatcher, tasks } = cloud;
  const task = taskOf(cloud, 'refund', id);
  if (task instanceof Refusal) return task;
  if (isOver(task)) return tooLate(cloud, id, task);
  if (dispatcher.isBegun(id, task)) return tooLate(cloud, id, task, 'IN_PROGRESS');
  tasks.change(id, { status: 'CANCELED', cancelReason: 'SELLER_CANCELED' }, (error) =>
    call.kept(error, () => show(cloud, call, id, tasks.get(id) ?? task)),
  );
  return undefined;
}

/** The terminal goes back to its idle screen by itself: there is nothing to clear, and the refund goes on. */
function dismiss(cloud: Cloud, call: Call): Answered {
  const task = taskOf(cloud, 'refund', call.id);
  return task instanceof Refusal ? task : show(cloud, call, call.id, task);
}
