import type { PlatformWords } from '../../ports/acquirer.js';

/**
 * What came of one request: the node of an answer whose signature holds, or why there is none. `repeated`: it was sent more
 * than once, and the answer is to the last sending; an earlier one may have been carried out as well.
 */
export type ExchangeResult =
  | { readonly response: object; readonly repeated?: boolean }
  | { readonly failure: PlatformWords };

/**
 * The way to the gateway: over HTTP by the vendor's SDK, or from memory to an emulated platform. `done` is called at
 * most once, never from inside the call, and perhaps never.
 */
export interface AlipayTransport {
  exchange(method: string, bizContent: object, done: (result: ExchangeResult) => void): void;
}
