import type { Undo } from '../ports/undo.js';

/** How an attempt to hand something over ended: the status of the answer, or why there was none, in words. */
export type CourierResult = { readonly status: number } | { readonly failure: string };

/** Brings a body to a URL: over HTTP, or from memory. */
export interface Courier {
  /**
   * One POST; a redirect is an answer like any other, and is not followed. `done` is called at most once, at the latest
   * when the time is up. The result takes the attempt back: then it is not called any more.
   */
  post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    timeoutMs: number,
    done: (result: CourierResult) => void,
  ): Undo;
}
