/** Words about money that was paid, and goes back, or was to go back. */
import type { GiveUp } from '../journal/record.js';
import type { Words } from '../screens.js';

/** A payment that stood, and has gone back: why. */
export const REVERSED: Partial<Record<GiveUp, Words>> = {
  unprinted: words(
    '小票没有打印出来,已按规定撤销,款项已退回顾客。',
    'The ticket did not come out, so the sale was cancelled, as this shop wants it, and the money went back to the customer.',
  ),
  asked: words(
    '已支付的交易已按要求撤销,款项已退回顾客。',
    'It was paid, then reversed on request, and the money went back to the customer.',
  ),
};

/** The same while it is going back. */
export const GOING_BACK: Partial<Record<GiveUp, Words>> = {
  unprinted: words(
    '小票没有打印出来,正在按规定撤销退款。',
    'The ticket did not come out; the money is being given back, as this shop wants it.',
  ),
  asked: words('已支付的交易正在按要求撤销退款。', 'It was paid, and the money is being given back, as was asked for.'),
};

/** What a paid sale is said to be whose money was to go back, and will not; and what is left to be done. */
export const NOT_GIVEN_BACK = words('支付平台拒绝撤销。', 'The platform refused to give the money back.');
export const REFUND_OTHERWISE = words(
  '该单仍为已支付,请在平台另行退款。',
  'It is paid still: refund it with the platform.',
);

/** What its customer may be told. */
export const GOING_BACK_CUSTOMER: Partial<Record<GiveUp, Words>> = {
  unprinted: words(
    '小票没有打印出来,正在为您退款,请稍候。',
    'The ticket did not come out, and your money is being returned. Please wait.',
  ),
  asked: words('正在为您退款,请稍候。', 'Your money is being returned. Please wait.'),
};

function words(zh: string, en: string): Words {
  return { zh, en };
}
