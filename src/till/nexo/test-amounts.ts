import { isFinal } from '../../terminal/facts.js';
import type { World } from '../../world/world.js';

/**
 * Amounts whose last three digits choose a refusal (Adyen: testing POS payments, simulating declined payments). Here the
 * refusal is the platform's own: the request to pay goes out, nothing is booked, and what comes back runs through
 * terminal and journal like any other.
 */
const SUB_CODES: Readonly<Record<number, readonly [subCode: string, words: string]>> = {
  124: ['ACQ.BUYER_BALANCE_NOT_ENOUGH', '买家余额不足'],
  125: ['ACQ.BUYER_ENABLE_STATUS_FORBID', '买家状态非法'],
  126: ['ACQ.PAYMENT_AUTH_CODE_INVALID', '支付授权码无效'],
  127: ['ACQ.TOTAL_FEE_EXCEED', '订单总金额不在允许范围内'],
  128: ['ACQ.BUYER_NOT_EXIST', '买家不存在'],
  134: ['ACQ.PAYER_UNMATCHED', '付款人不匹配'],
};

/** Makes the emulated platform refuse this one sale if its amount says so. Without one there is nobody to play along. */
export function steerByAmount(world: World, saleId: string, amountFen: number): void {
  const chosen = SUB_CODES[amountFen % 1000];
  if (chosen === undefined || world.platform === undefined) return;
  const [subCode, words] = chosen;
  const undo = world.platform.site.onRequest(({ method, orderNo }) =>
    orderNo === saleId && method === 'alipay.trade.pay' ? { refuse: { subCode, words } } : {},
  );
  const end = () => {
    stop();
    undo();
  };
  const stop = world.watch({
    sale: (facts) => facts.saleId === saleId && isFinal(facts) && end(),
    boot: () => world.terminal.find(saleId) === undefined && end(), // The power went before there was a sale.
  });
}
