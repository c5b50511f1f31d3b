import type { SaleFacts } from '../facts.js';
import type { BootPolicy } from '../journal/record.js';
import type { Words } from '../screens.js';
import { type Cause, isGuess } from './cause.js';
import { CAUSES, type CauseId } from './causes/catalogue.js';
import { isOut, lowerFirst, type Out, TICKET_TODO } from './ticket-todo.js';

/** What the cashier is to do, in short: at most 40 columns, for the terminal's own display. */
export function displayWords(facts: SaleFacts, cause: Cause | undefined, policy: BootPolicy | undefined): Words {
  switch (facts.payment) {
    case 'paid': {
      if (isOut(facts.ticket)) return PAID_SHORT[facts.ticket];
      if (policy?.paper === 'required' && !facts.ticketLeft)
        return words('已支付,必须提供纸质小票', 'Paid; a paper ticket is required');
      const own = cause === undefined ? undefined : TICKET_SHORT[cause.id];
      return own ?? words('已支付,检查打印机后补打', 'Paid; check the printer, then reprint');
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
        return words('小票未出,正在退款,勿重复收款', 'No ticket: refunding; do not charge');
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
  pending: words('已支付,小票待打印,勿重复收款', 'Paid, ticket to come; do not charge'),
  digital: words('已支付,已给电子小票', 'Paid, digital ticket given'),
  refused: words('已支付,无需打印', 'Paid, nothing to print'),
};

/** The causes that tell what to do about a missing ticket, after "paid". */
const TICKET_SHORT: Partial<Record<CauseId, Words>> = Object.fromEntries(
  Object.entries(TICKET_TODO).map(([id, { zh, en }]) => [id, words(`已支付,${zh}`, `Paid; ${lowerFirst(en)}`)]),
);

const NOT_PAID_SHORT: Partial<Record<CauseId, Words>> = shorts([
  'terminal.misread',
  'terminal.misconfigured',
  'terminal.outdated',
  'customer.skipped-scan',
  'customer.refused',
  'platform.refused',
  'operation.timeout',
]);

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
