import type { SaleFacts, TicketState } from '../facts.js';
import { FAULT_WORDS, type Words } from '../screens.js';

/** What the cashier is to do now. */
export function adviseCashier(facts: SaleFacts): Words {
  switch (facts.payment) {
    case 'paid':
      return withFault(PAID[facts.ticket], facts);
    case 'not-paid':
      return {
        zh: '未支付。请顾客出示新的付款码,重新收款。',
        en: 'Not paid. Ask for a new payment code and charge again.',
      };
    case 'reversed':
      return {
        zh: '已撤销,款项已退回顾客。需要时请重新收款。',
        en: 'Cancelled, and the money went back to the customer. Charge again if need be.',
      };
    case 'unknown':
      return facts.sent
        ? {
            zh: '结果未知,终端正在自动核对。勿重复收款。',
            en: 'Not known yet; the terminal keeps checking. Do not charge again.',
          }
        : { zh: '交易进行中:请扫描顾客付款码,或取消。', en: 'In progress: scan the payment code, or cancel.' };
  }
}

/** What the customer may be told. */
export function adviseCustomer(facts: SaleFacts): Words {
  switch (facts.payment) {
    case 'paid':
      return PAID_CUSTOMER[facts.ticket] ?? TICKET_LATER;
    case 'not-paid':
      return { zh: '未扣款,请重新出示付款码。', en: 'You were not charged. Please show a new code.' };
    case 'reversed':
      return { zh: '款项已退回您的账户。', en: 'Your money has been returned to your account.' };
    case 'unknown':
      return { zh: '正在核对,请稍候,请勿再次付款。', en: 'We are checking. Please wait, and do not pay again.' };
  }
}

const TICKET_LATER: Words = {
  zh: '您已支付成功,小票稍后补打。',
  en: 'You have paid. Your ticket will be printed again.',
};

const PAID_CUSTOMER: Partial<Record<TicketState, Words>> = {
  printed: { zh: '您已支付成功,请取走小票。', en: 'You have paid. Please take your ticket.' },
  unconfirmed: {
    zh: '您已支付成功,请查看小票;若没有打印,可以补打。',
    en: 'You have paid. Please look at your ticket; if there is none, it can be printed again.',
  },
};

const PAID: Record<TicketState, Words> = {
  printed: { zh: '已支付,小票已打印。', en: 'Paid, and the ticket is printed.' },
  none: { zh: '已支付。', en: 'Paid.' },
  pending: { zh: '已支付,正在打印小票。勿重复收款。', en: 'Paid, the ticket is on its way. Do not charge again.' },
  partial: {
    zh: '已支付,小票只打印了一部分。勿重复收款,处理后补打。',
    en: 'Paid, the ticket is only partly printed. Do not charge again; mend the printer, then reprint.',
  },
  'not-printed': {
    zh: '已支付,小票未打印。勿重复收款,处理后补打。',
    en: 'Paid, no ticket was printed. Do not charge again; mend the printer, then reprint.',
  },
  unknown: {
    zh: '已支付,小票是否打完不确定。勿重复收款,请看出纸口,需要时补打。',
    en: 'Paid; the ticket may not be complete. Do not charge again; look at the paper, and reprint if need be.',
  },
  unconfirmed: {
    zh: '已支付,该打印机不能确认,请看小票是否打印完整。勿重复收款,没有时补打。',
    en: 'Paid. This printer cannot confirm: look whether the ticket is printed. Do not charge again; reprint if there is none.',
  },
};

function withFault(words: Words, facts: SaleFacts): Words {
  const result = facts.prints.at(-1)?.result;
  if (facts.ticket === 'printed' || result === undefined || !('reason' in result)) return words;
  const fault = FAULT_WORDS[result.reason];
  return { zh: `${words.zh}(${fault.zh})`, en: `${words.en} (${fault.en})` };
}
