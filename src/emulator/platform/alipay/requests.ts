import { z } from 'zod';

/** The reference says letters, digits and underscore; the real gateway takes hyphens too. */
const orderNo = z.string().regex(/^[\w-]{1,64}$/);
const tradeNo = z.string().min(1).max(64);

/** Yuan with at most two decimals; the reference's type is Price, and both strings and numbers are in use. */
const amount = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^\d{1,12}(\.\d{1,2})?$/))
  .transform((yuan) => Math.round(Number(yuan) * 100));

/** `90m`, `2h`, `1d`; `1c`: until midnight in Beijing. Checked against 1m to 15d when it is read. */
const timeout = z.string().regex(/^(?:[1-9]\d{0,4}[mhd]|1c)$/);

/** alipay.trade.pay with a code from the customer's screen. */
export const payRequest = z.looseObject({
  out_trade_no: orderNo,
  scene: z.literal('bar_code').default('bar_code'),
  auth_code: z.string().default(''),
  subject: z.string().min(1).max(256),
  total_amount: amount,
  timeout_express: timeout.optional(),
});

const orderFields = { out_trade_no: orderNo.optional(), trade_no: tradeNo.optional() };
type OrderFields = { readonly out_trade_no?: string | undefined; readonly trade_no?: string | undefined };

const namesOrder = (request: OrderFields) => request.out_trade_no !== undefined || request.trade_no !== undefined;
const orderMissing = { path: ['out_trade_no'], message: 'out_trade_no 和 trade_no 不能同时为空' };

/** alipay.trade.query and alipay.trade.cancel: one of the two numbers; trade_no goes before out_trade_no. */
export const orderRequest = z.looseObject(orderFields).refine(namesOrder, orderMissing);

/** alipay.trade.refund. */
export const refundRequest = z
  .looseObject({ ...orderFields, refund_amount: amount, out_request_no: z.string().min(1).max(64).optional() })
  .refine(namesOrder, orderMissing);

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const DAY_MS = UNIT_MS.d;
const BEIJING_MS = 8 * UNIT_MS.h;

/** The default of 当面付. */
const DEFAULT_CLOSE_MS = 3 * UNIT_MS.h;

/** How long an unpaid trade stays open, or `undefined` when the platform does not accept it. */
export function closesAfterMs(timeoutExpress: string | undefined, nowMs: number): number | undefined {
  if (timeoutExpress === undefined) return DEFAULT_CLOSE_MS;
  if (timeoutExpress === '1c') return DAY_MS - ((nowMs + BEIJING_MS) % DAY_MS);
  const unit = timeoutExpress.slice(-1) as keyof typeof UNIT_MS; // The pattern above leaves no other.
  const ms = Number(timeoutExpress.slice(0, -1)) * UNIT_MS[unit];
  return ms <= 15 * DAY_MS ? ms : undefined;
}

/** The first thing wrong with a request, as ACQ.INVALID_PARAMETER tells it. */
export function problemOf(error: z.ZodError, bizContent: unknown): string {
  const [issue] = error.issues;
  if (issue === undefined) return '参数无效';
  if (issue.code === 'custom') return `参数无效：${issue.message}`;
  const [field] = issue.path;
  if (field === undefined) return '参数无效：biz_content 不是对象';
  const missing = Reflect.get(Object(bizContent), field) === undefined;
  return `参数无效：${String(field)} ${missing ? '不能为空' : '格式错误'}`;
}
