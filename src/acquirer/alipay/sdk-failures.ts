import { AlipayRequestError } from 'alipay-sdk';
import { type ErrorCode, PaperjamError } from '../../base/errors.js';
import type { PlatformWords } from '../../ports/acquirer.js';
import { asWords } from './fields.js';

/** The platform answered without a signature, as the real one does when it does not know the app. */
export class UnsignedAnswer extends Error {
  constructor(readonly raw: string) {
    super('the answer is not signed');
  }
}

const UNREACHABLE = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;

/** What the SDK threw, as words for the journal. The SDK has no codes of its own: it is told by its messages and causes. */
export function explain(error: unknown, gateway: string): PlatformWords {
  if (error instanceof UnsignedAnswer) return failure('PJ_PLATFORM_SIGNATURE', gateway, 'it has none', error.raw);
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof AlipayRequestError)) {
    return failure('PJ_PLATFORM_GARBAGE', gateway, `it cannot be understood (${message})`);
  }
  const raw = error.responseDataRaw;
  if (error.cause instanceof Error && message.startsWith('HttpClient Request error')) {
    return connectionFailure(error.cause, gateway);
  }
  if (message.startsWith('HTTP '))
    return failure('PJ_PLATFORM_HTTP', gateway, /\d+/.exec(message)?.[0] ?? message, raw);
  if (message.startsWith('验签失败')) return failure('PJ_PLATFORM_SIGNATURE', gateway, 'it does not match', raw);
  return failure('PJ_PLATFORM_GARBAGE', gateway, raw === '' ? 'it is empty' : message, raw);
}

function connectionFailure(cause: Error, gateway: string): PlatformWords {
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  const words = code === '' || cause.message.includes(code) ? cause.message : `${code} ${cause.message}`;
  if (UNREACHABLE.test(code)) return failure('PJ_PLATFORM_UNREACHABLE', gateway, words);
  if (cause.name === 'HttpClientRequestTimeoutError') return failure('PJ_PLATFORM_TIMEOUT', gateway, words);
  return failure('PJ_PLATFORM_LOST', gateway, words);
}

/** `raw` is what the platform sent: evidence, kept short and on one line. */
function failure(code: ErrorCode, gateway: string, problem: string, raw = ''): PlatformWords {
  const said = raw === '' ? '' : ` It sent: ${raw.slice(0, 300).replaceAll(/\s+/g, ' ')}`;
  const { words } = asWords(new PaperjamError(code, { gateway, problem }));
  return { code, words: `${words}${said}` };
}
