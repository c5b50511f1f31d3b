import type { AuthorizeRequest } from '../../ports/acquirer.js';

/** biz_content of alipay.trade.pay: the merchant scans the customer's code. The reference allows 256 characters of subject, 32 of terminal. */
export function payContent(request: AuthorizeRequest, closesAfterMinutes: number): object {
  return {
    out_trade_no: request.orderNo,
    scene: 'bar_code',
    auth_code: request.code,
    subject: request.subject.slice(0, 256),
    total_amount: yuan(request.amountFen),
    terminal_id: request.terminalId.slice(0, 32),
    timeout_express: `${closesAfterMinutes}m`,
  };
}

/** biz_content of alipay.trade.query and alipay.trade.cancel. */
export function orderContent(orderNo: string): object {
  return { out_trade_no: orderNo };
}

/** 1280 as `12.80`; in whole numbers throughout, so that no fen is lost. */
function yuan(fen: number): string {
  const digits = String(fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
