import type { SaleFacts } from '../facts.js';
import type { BootPolicy } from '../journal/record.js';
import type { Words } from '../screens.js';
import { type Cause, isGuess } from './cause.js';
import { CAUSES, type CauseId } from './causes/catalogue.js';
import { isOut, lowerFirst, type Out, ticketTodoOf } from './ticket-todo.js';

/** What the cashier is to do, in short: at most 40 columns, for the terminal's own display. */
export function displayWords(facts: SaleFacts, cause: Cause | undefined, policy: BootPolicy | undefined): Words {
  switch (facts.payment) {
    case 'paid': {
      const own = cause === undefined ? undefined : PAID_BECAUSE_SHORT[cause.id];
      if (isOut(facts.ticket)) {
        return facts.reversal === 'refused'
          ? words('未撤销:平台拒绝,仍为已支付', 'Not reversed: refused, still paid')
          : (own ?? PAID_SHORT[facts.ticket]);
      }
      if (policy?.paper === 'required' && !facts.ticketLeft)
        return words('已支付,必须提供纸质小票', 'Paid; a paper ticket is required');
      if (cause?.id === 'operation.cashier') return THIS_IS_PAID;
      const todo = ticketTodoOf(cause, facts.ticket, policy);
      if (todo !== undefined) return afterPaid(todo);
      return facts.ticket === 'unknown' || facts.ticket === 'unconfirmed'
        ? words('已支付,请看小票,不完整就补打', 'Paid; look at it: reprint if not whole')
        : words('已支付,检查打印机后补打', 'Paid; check the printer, then reprint');
    }
    case 'not-paid':
      return (
        (cause === undefined ? undefined : NOT_PAID_SHORT[cause.id]) ??
        words('未支付,请重新扫码', 'Not paid; scan a new code')
      );
    case 'reversed':
      return words('已撤销,款项退回顾客', 'Cancelled, money returned');
    case 'unknown':
      if (!facts.sent) return words('请扫描顾客付款码,或取消', 'Scan the payment code, or cancel');
      if (facts.cancelling === 'unprinted')
        return words('小票未出,正在退款,勿重复收款', 'No ticket: money goes back, please wait');
      if (facts.cancelling === 'asked') return words('正在按要求撤销退款,请等待', 'Money is going back, please wait');
      if (isGuess(cause)) return CAUSES['platform.delay'].todo;
      return (
        (cause === undefined ? undefined : UNKNOWN_SHORT[cause.id]) ??
        words('结果未知,自动核对中,勿重复收款', 'Unknown, checking; do not charge again')
      );
  }
}

const PAID_SHORT: Record<Out, Words> = {
  printed: words('已支付,小票已打印', 'Paid, ticket printed'),
  none: words('已支付', 'Paid'),
  pending: words('已支付,小票待打印,勿重复收款', 'Paid, the ticket is still to come: wait'),
  digital: words('已支付,已给电子凭证', 'Paid, digital ticket given'),
  refused: words('已支付,无需打印', 'Paid, nothing to print'),
};

const THIS_IS_PAID = words('该单已支付,勿重复收款', 'This sale is paid; do not charge again');

/** What a cause of the payment's leaves to be done about a ticket that is out, or on its way. */
const PAID_BECAUSE_SHORT: Partial<Record<CauseId, Words>> = {
  'platform.unreported': words('已支付,没有小票时查询后补打', 'Paid; no ticket? Check, then reprint'),
  'operation.cashier': THIS_IS_PAID,
  'terminal.power-cut': words('已恢复,见结果:已支付', 'Recovered; see the result: paid'),
};

/** What is to be done about the ticket, after "paid". */
function afterPaid({ zh, en }: Words): Words {
  return words(`已支付,${zh}`, en.length <= 34 ? `Paid; ${lowerFirst(en)}` : en);
}

const NOT_PAID_SHORT: Partial<Record<CauseId, Words>> = {
  'operation.cashier': words('已取消,未支付', 'Cancelled, not paid'),
  ...shorts([
    'terminal.misread',
    'terminal.misconfigured',
    'terminal.outdated',
    'customer.skipped-scan',
    'customer.refused',
    'platform.refused',
    'operation.timeout',
  ]),
};

const UNKNOWN_SHORT: Partial<Record<CauseId, Words>> = shorts([
  'platform.delay',
  'platform.sync',
  'platform.maintenance',
  'network.unstable',
]);

function shorts(ids: readonly CauseId[]): Partial<Record<CauseId, Words>> {
  return Object.fromEntries(ids.map((id) => [id, CAUSES[id].todo]));
}

function words(zh: string, en: string): Words {
  return { zh, en };
}
