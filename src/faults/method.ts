import { z } from 'zod';

/** Whose answers a fault of the platform strikes. */
export const METHOD = z
  .enum(['alipay.trade.pay', 'alipay.trade.query', 'alipay.trade.cancel', 'alipay.trade.refund'])
  .default('alipay.trade.pay');
