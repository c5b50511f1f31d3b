import type { Undo } from './undo.js';

/** A request on its way to the platform: one attempt. What is broken off is sent a second time by the vendor's SDK. */
export interface NetworkRequest {
  /** `alipay.trade.pay` and so on. */
  readonly method: string;
  readonly orderNo: string | undefined;
}

/** How an exchange ends instead of with the platform's answer. */
export interface NetworkBreak {
  /** Whether the platform has got the request, and done what it asks, before. */
  readonly delivered: boolean;
  /**
   * `silence`: nothing more is heard; `reset`: the connection is torn down; `half`: the first half of the answer comes, and
   * then the connection ends (`broken-off`), or all is as if that were the whole; else an answer of somebody on the way.
   */
  readonly how:
    | 'silence'
    | 'reset'
    | { readonly half: HalfEnding }
    | { readonly status: number; readonly body: string };
}

export type HalfEnding = 'broken-off' | 'as-whole';

/** What the network does to one exchange. Of several rules, delays add up, and the break that comes first on the way counts. */
export interface NetworkFate {
  /** How much longer the request is on its way, ms. Default 0. */
  readonly requestDelayMs?: number;
  /** The same for the answer. */
  readonly answerDelayMs?: number;
  /** Each way that is delayed takes up to so many ms more, drawn anew each time. Default 0. */
  readonly jitterMs?: number;
  readonly breaks?: NetworkBreak;
  /** The answer's body arrives in pieces of so many bytes, so many ms apart. */
  readonly drip?: { readonly bytes: number; readonly everyMs: number };
}

export type CertificateProblem = 'expired' | 'unknown-issuer' | 'wrong-host';

/**
 * Where faults take hold of the way between the terminal and the platform. What is put in twice ends with the last of the two.
 * `befalls` hears of each exchange that a condition befalls.
 */
export interface NetworkSite {
  /** Asks for the fate of each request as it leaves, also of one that is sent again; `undefined`: nothing happens to it. */
  onRequest(rule: (request: NetworkRequest) => NetworkFate | undefined): Undo;
  /** Nobody takes connections at the platform's address. */
  refuse(befalls?: () => void): Undo;
  /** Whatever is on its way, or sets out, is gone without a trace. */
  swallow(befalls?: () => void): Undo;
  /** Nothing moves; what is on its way, or sets out, arrives when the link is up again. */
  takeDown(befalls?: () => void): Undo;
  /** Whoever connects is shown a certificate that has this wrong with it. */
  showCertificate(problem: CertificateProblem, befalls?: () => void): Undo;
}
