/**
 * What the code of an answer speaks of, in the order in which it is asked. Codes are the platform's sub codes
 * (opendocs.alipay.com: alipay.trade.pay, business errors; common/02km9f, the gateway's; common/02kdnf, certificates), or
 * `PJ_…` where no answer could be had.
 */
export type CodeSubject =
  | 'outdated'
  | 'set-up'
  | 'maintenance'
  | 'network'
  | 'amount'
  | 'code'
  | 'customer'
  | 'platform';

const RULES: readonly (readonly [CodeSubject, (code: string, words: string) => boolean])[] = [
  ['outdated', (code, words) => isGateway(code) && /EXPIRED|expired|过期|已更换|version/.test(`${code} ${words}`)],
  ['maintenance', (code, words) => code === 'PJ_PLATFORM_HTTP' && /\b(5\d\d|429)\b/.test(words)],
  ['set-up', (code) => /^PJ_PLATFORM_(SIGNATURE|CERTIFICATE|HTTP)$/.test(code)],
  ['network', (code) => /^PJ_PLATFORM_(TIMEOUT|UNREACHABLE|LOST|GARBAGE)$/.test(code)],
  ['amount', (code) => code === 'PJ_PLATFORM_ANSWER'],
  ['maintenance', (code) => /SYSTEM_ERROR|^isp\.|^aop\.|call-limited|UNAVAILABLE|^20000$|^40005$/.test(code)],
  ['code', (code) => /AUTH_CODE|PAYMENT_CODE|AUTH_TOKEN/.test(code)],
  ['set-up', (code) => /^isv\.|APPID|APP_ID|SIGN|PARTNER|ACCESS_FORBIDDEN|^4000[1236]$|^PJ_/.test(code)],
  ['customer', (code) => /(?<!SELLER_)BALANCE|BUYER|PAY_FAIL|PAYMENT_FAIL|PASSWORD|PAYER|USER_/.test(code)],
];

/** Whether the platform's door speaks, or the way to it: a payment code can expire too, and is the customer's. */
function isGateway(code: string): boolean {
  return /^(isv|isp|aop)\.|^PJ_PLATFORM_(CERTIFICATE|LOST)$/.test(code);
}

/** The terminal's own word on a cancel that found nothing: it is asked again later, and nothing is wrong. */
const TOO_EARLY = 'PJ_PLATFORM_EARLY';

export function subjectOf(code: string | undefined, words = ''): CodeSubject | undefined {
  if (code === undefined || code === '' || code === TOO_EARLY) return undefined;
  return RULES.find(([, fits]) => fits(code, words))?.[0] ?? 'platform';
}
