import { isFinal, mayBeVoided, type SaleFacts, type TicketState } from '../facts.js';
import type { BootPolicy } from '../journal/record.js';
import type { Words } from '../screens.js';
import { type Cause, isGuess } from './cause.js';
import type { CauseId } from './causes/catalogue.js';
import { displayWords } from './display-words.js';
import { GOING_BACK, GOING_BACK_CUSTOMER, NOT_GIVEN_BACK, REFUND_OTHERWISE, REVERSED } from './giving-back.js';
import { isOut, lowerFirst, ticketTodoOf } from './ticket-todo.js';

/** What people are told: how it stands, and one thing to do. */
export interface Advice {
  readonly cashier: Words;
  readonly customer: Words;
  /** The cashier's in short, at most 40 columns. */
  readonly display: Words;
}

/** How it stands and what to do, apart; the cashier reads both. */
export interface Instruction {
  readonly status: Words;
  readonly todo: Words | undefined;
}

export function advise(facts: SaleFacts, cause: Cause | undefined, policy: BootPolicy | undefined): Advice {
  const { status, todo } = instruct(facts, cause, policy);
  return {
    cashier: todo === undefined ? status : join(status, todo),
    customer: adviseCustomer(facts, cause),
    display: displayWords(facts, cause, policy),
  };
}

/** What the cashier is to do now. */
export function instruct(facts: SaleFacts, cause: Cause | undefined, policy: BootPolicy | undefined): Instruction {
  switch (facts.payment) {
    case 'paid': {
      if (!isOut(facts.ticket)) return missingTicket(facts, cause, policy);
      const status = recovered(PAID[facts.ticket], cause);
      return facts.reversal === 'refused'
        ? { status: join(status, NOT_GIVEN_BACK), todo: REFUND_OTHERWISE }
        : { status, todo: customerGone(facts, policy) ?? PAID_BECAUSE[cause?.id ?? 'other'] };
    }
    case 'not-paid':
      return {
        status: recovered(words('未支付。', 'Not paid.'), cause),
        todo: NOT_PAID[cause?.id ?? 'other'] ?? NOT_PAID.other,
      };
    case 'reversed': {
      const status =
        (facts.cancelling === undefined ? undefined : REVERSED[facts.cancelling]) ??
        words('已撤销,款项已退回顾客。', 'Cancelled, and the money went back to the customer.');
      const todo =
        facts.cancelling === 'asked' && facts.ticket !== 'none'
          ? words('请收回小票,需要时请重新收款。', 'Take the ticket back; charge again if need be.')
          : words('需要时请重新收款。', 'Charge again if need be.');
      return { status: recovered(status, cause), todo };
    }
    case 'unknown':
      return unknownPayment(facts, cause);
  }
}

function unknownPayment(facts: SaleFacts, cause: Cause | undefined): Instruction {
  if (!facts.sent) {
    return {
      status: words('交易进行中。', 'In progress.'),
      todo: words('请扫描顾客付款码,或取消。', 'Scan the payment code, or cancel.'),
    };
  }
  const goingBack = facts.cancelling === undefined ? undefined : GOING_BACK[facts.cancelling];
  if (goingBack !== undefined) {
    return { status: goingBack, todo: words('勿重复收款,请等待结果。', 'Do not charge again; wait for the result.') };
  }
  const why = isGuess(cause)
    ? NO_ANSWER_YET
    : (UNKNOWN_BECAUSE[cause?.id ?? 'other'] ?? words('结果未知', 'Not known yet'));
  return {
    status: words(`${why.zh},终端正在自动核对。`, `${why.en}; the terminal keeps checking.`),
    todo: words('请等待,勿重复收款。', 'Please wait. Do not charge again.'),
  };
}

function missingTicket(facts: SaleFacts, cause: Cause | undefined, policy: BootPolicy | undefined): Instruction {
  const status = PAID[facts.ticket];
  if (facts.ticket === 'unconfirmed') {
    return {
      status,
      todo: words(
        '勿重复收款,没有小票或不完整就补打。',
        'Do not charge again; reprint if there is none, or not all of it.',
      ),
    };
  }
  const how = ticketTodo(facts, cause, policy);
  const said = cause?.id === 'customer.left-early' && facts.ticket !== 'unknown';
  const gone = said ? undefined : customerGone(facts, policy);
  const limits: Words[] = gone === undefined ? [] : [gone];
  if (policy?.paper === 'required' && !facts.ticketLeft)
    limits.push(words('必须提供纸质小票。', 'A paper ticket is required.'));
  if (mayBeVoided(facts) && facts.voidAfterMs !== undefined) {
    const seconds = Math.ceil(facts.voidAfterMs / 1_000);
    limits.push(
      words(
        `出错后 ${seconds} 秒内没有打印好,将自动退款。`,
        `If it is not printed within ${seconds} s of the fault, the money goes back by itself.`,
      ),
    );
  }
  const todo = words(`勿重复收款,${how.zh}。`, `Do not charge again; ${lowerFirst(how.en)}.`);
  return { status: recovered(status, cause), todo: limits.reduce(join, todo) };
}

/** Of a customer who had gone before the ticket. Where paper is a must, there is no choice to speak of. */
function customerGone({ leftWhy, ticket }: SaleFacts, policy: BootPolicy | undefined): Words | undefined {
  if (leftWhy !== 'customer-left' || policy?.paper === 'required') return undefined;
  if (ticket === 'digital' || ticket === 'refused') return undefined;
  return ticket === 'printed'
    ? words(
        '顾客已离开:请留存小票,需要时可补打或发送电子凭证。',
        'The customer has gone: keep the ticket; if need be reprint it, or send a digital ticket.',
      )
    : words('顾客已离开,可补打或发送电子凭证。', 'The customer has gone; reprint, or send a digital ticket.');
}

/** After a power cut the first thing to be said is that nothing was lost by it. */
function recovered(status: Words, cause: Cause | undefined): Words {
  if (cause?.id !== 'terminal.power-cut') return status;
  return words(`已恢复,见结果:${status.zh}`, `Recovered; see the result: ${lowerFirst(status.en)}`);
}

/** The cause's own way, if it is one of the printer's; else what fits the ticket's state. */
function ticketTodo({ ticket }: SaleFacts, cause: Cause | undefined, policy: BootPolicy | undefined): Words {
  const own = ticketTodoOf(cause, ticket, policy);
  if (ticket !== 'unknown') return own ?? words('检查打印机后补打', 'Check the printer, then reprint');
  if (own === undefined || cause === undefined || !MENDS.test(cause.id)) {
    return words('请看出纸口,需要时补打', 'Look at the paper, and reprint if need be');
  }
  return words(`请看出纸口,需要时${own.zh}`, `Look at the paper; if the ticket is not complete, ${lowerFirst(own.en)}`);
}

/** Causes at which something has to be mended before the reprint. */
const MENDS = /^(printer\.(?!unconfirmed)|link\.|terminal\.misconfigured)/;

/** What a cause of the payment's leaves to be done where the ticket is out, or on its way. */
const PAID_BECAUSE: Partial<Record<CauseId | 'other', Words>> = {
  'platform.unreported': words(
    '手上没有小票时,查询后补打。',
    'If there is no ticket at hand, look the sale up and reprint.',
  ),
  'operation.cashier': words('该单已支付,勿重复收款。', 'This sale is paid; do not charge again.'),
  'environment.missed-scan': words('已扫码,勿重复收款。', 'The code was read; do not charge again.'),
};

const NOT_PAID: Partial<Record<CauseId, Words>> & { other: Words } = {
  other: words('请顾客出示新的付款码,重新收款。', 'Ask for a new payment code and charge again.'),
  'terminal.misread': words(
    '请重新扫码:请顾客刷新付款码,重新收款。',
    'Ask the customer to refresh the payment code, and charge again.',
  ),
  'terminal.misconfigured': words(
    '配置错误:请联系管理员,暂用其他方式收款。',
    'A setting is wrong: call the manager, and take payment by other means until then.',
  ),
  'terminal.outdated': words(
    '终端需要更新:请联系管理员,暂用其他方式收款。',
    'The terminal needs an update: call the manager, and take payment by other means until then.',
  ),
  'customer.skipped-scan': words(
    '没有扫到付款码,请重新收款并请顾客出示付款码。',
    'No code was read: charge again, and ask the customer to show a payment code.',
  ),
  'customer.refused': words(
    '请顾客换一种付款方式,重新收款。',
    'Ask the customer for another way to pay, and charge again.',
  ),
  'platform.refused': words(
    '请顾客换一种付款方式,重新收款。',
    'Ask the customer for another way to pay, and charge again.',
  ),
  'operation.cashier': words(
    '收银员已取消,需要时请重新收款。',
    'The sale was cancelled at the till; charge again if need be.',
  ),
};

const NO_ANSWER_YET = words('暂时没有应答,结果未知', 'There is no answer yet and the result is not known');

const UNKNOWN_BECAUSE: Partial<Record<CauseId | 'other', Words>> = {
  'network.unstable': words('网络中断,结果未知', 'The network is down and the result is not known yet'),
  'platform.maintenance': words(
    '支付平台繁忙,结果未知',
    'The payment platform is busy and the result is not known yet',
  ),
  'platform.delay': words('支付平台响应慢,结果未知', 'The payment platform is slow and the result is not known yet'),
  'terminal.power-cut': words('终端重启过,结果未知', 'The terminal was restarted and the result is not known yet'),
  'terminal.misconfigured': words(
    '配置错误,结果未知,请联系管理员',
    'A setting is wrong and the result is not known yet: call the manager',
  ),
  'terminal.outdated': words(
    '终端需要更新,结果未知,请联系管理员',
    'The terminal needs an update and the result is not known yet: call the manager',
  ),
};

const PAID: Record<TicketState, Words> = {
  printed: words('已支付,小票已打印。', 'Paid, and the ticket is printed.'),
  none: words('已支付。', 'Paid.'),
  pending: words('已支付,小票待打印。勿重复收款。', 'Paid, the ticket is on its way. Do not charge again.'),
  digital: words('已支付,已提供电子凭证。无需补打。', 'Paid, and the customer has a digital ticket. Nothing to print.'),
  refused: words('已支付,顾客不要小票。无需打印。', 'Paid, and the customer wants no ticket. Nothing to print.'),
  partial: words('已支付,小票只打印了一部分。', 'Paid, the ticket is only partly printed.'),
  'not-printed': words('已支付,小票未打印。', 'Paid, no ticket was printed.'),
  unknown: words('已支付,小票是否打完不确定。', 'Paid; the ticket may not be complete.'),
  unconfirmed: words(
    '已支付,这台打印机不能确认打印结果,请看小票是否完整。',
    'Paid. This printer cannot tell what it printed: look whether the ticket is complete.',
  ),
  blank: words('已支付,小票是空白的。', 'Paid, and the ticket is blank.'),
  unreadable: words('已支付,小票看不清。', 'Paid, and the ticket cannot be read.'),
};

/** What the customer may be told. */
function adviseCustomer(facts: SaleFacts, cause: Cause | undefined): Words {
  switch (facts.payment) {
    case 'paid':
      if (!isFinal(facts)) return TICKET_OR_MONEY;
      return PAID_CUSTOMER[facts.ticket] ?? TICKET_LATER;
    case 'not-paid':
      return NOT_PAID_CUSTOMER[cause?.id ?? 'other'] ?? NOT_PAID_CUSTOMER.other;
    case 'reversed':
      return words('款项已退回您的账户。', 'Your money has been returned to your account.');
    case 'unknown':
      if (!facts.sent) return words('请出示付款码。', 'Please show your payment code.');
      return (
        (facts.cancelling === undefined ? undefined : GOING_BACK_CUSTOMER[facts.cancelling]) ??
        words('正在核对,请稍候,请勿再次付款。', 'We are checking. Please wait, and do not pay again.')
      );
  }
}

const PAY_ANOTHER_WAY = words('未扣款,请换一种付款方式。', 'You were not charged. Please pay another way.');

const NOT_PAID_CUSTOMER: Partial<Record<CauseId, Words>> & { other: Words } = {
  other: words('未扣款,请重新出示付款码。', 'You were not charged. Please show a new code.'),
  'customer.skipped-scan': words('未扣款,请出示付款码。', 'You were not charged. Please show your payment code.'),
  'customer.refused': PAY_ANOTHER_WAY,
  'platform.refused': PAY_ANOTHER_WAY,
  'terminal.misconfigured': PAY_ANOTHER_WAY,
  'terminal.outdated': PAY_ANOTHER_WAY,
  'operation.cashier': words('交易已取消,未扣款。', 'The sale was cancelled. You were not charged.'),
};

const TICKET_LATER = words('您已支付成功,小票稍后补打。', 'You have paid. Your ticket will be printed later.');
const TICKET_OR_MONEY = words(
  '您已支付成功,小票正在处理;若打印不出,款项会退回。',
  'You have paid. Your ticket is being seen to; if it cannot be printed, your money comes back.',
);

const PAID_CUSTOMER: Partial<Record<TicketState, Words>> = {
  pending: words('您已支付成功,请等小票打印。', 'You have paid. Please wait for your ticket.'),
  printed: words('您已支付成功,请取走小票。', 'You have paid. Please take your ticket.'),
  digital: words(
    '您已支付成功,请扫码保存电子凭证。',
    'You have paid. Please scan the code to keep your digital ticket.',
  ),
  refused: words('您已支付成功。', 'You have paid.'),
  unconfirmed: words(
    '您已支付成功,请查看小票;若没有打印,可以补打。',
    'You have paid. Please look at your ticket; if there is none, it can be printed again.',
  ),
};

function words(zh: string, en: string): Words {
  return { zh, en };
}

function join(first: Words, second: Words): Words {
  return { zh: `${first.zh}${second.zh}`, en: `${first.en} ${second.en}` };
}
