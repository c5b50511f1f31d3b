import { AlipayRequestError } from 'alipay-sdk';
import type { PlatformWords } from '../../ports/acquirer.js';
import { failure, garbage } from './failures.js';

/** The platform answered without a signature, as the real one does when it does not know the app. */
export class UnsignedAnswer extends Error {
  constructor(readonly raw: string) {
    super('the answer is not signed');
  }
}

const UNREACHABLE = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;

/** The handshake failed over the other side's certificate: OpenSSL's names for it (verify(1)), and Node's own. */
const CERTIFICATE = /^(?:CERT_\w+|\w+_CERT|\w+_CERT_\w+|UNABLE_TO_VERIFY_LEAF_SIGNATURE|ERR_TLS_CERT_ALTNAME_INVALID)$/;

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
  return garbage(gateway, raw, message);
}

function connectionFailure(cause: Error, gateway: string): PlatformWords {
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  const words = code === '' || cause.message.includes(code) ? cause.message : `${code} ${cause.message}`;
  if (CERTIFICATE.test(code)) return failure('PJ_PLATFORM_CERTIFICATE', gateway, words);
  if (UNREACHABLE.test(code)) return failure('PJ_PLATFORM_UNREACHABLE', gateway, words);
  if (cause.name === 'HttpClientRequestTimeoutError') return failure('PJ_PLATFORM_TIMEOUT', gateway, words);
  return failure('PJ_PLATFORM_LOST', gateway, words);
}
