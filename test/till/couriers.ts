import type { Courier, CourierResult } from '../../src/till/courier.js';

/** One attempt, as the receiver sees it, and how it ends. */
export interface Attempt {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  end(result: CourierResult): void;
  /** It was taken back. */
  recalled: boolean;
}

/** A courier in memory. What is not ended by the test itself is answered by `answer`, if it says something. */
export class MemoryCourier implements Courier {
  readonly attempts: Attempt[] = [];
  answer: (attempt: Attempt) => CourierResult | undefined = () => ({ status: 200 });

  post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    timeoutMs: number,
    end: (result: CourierResult) => void,
  ) {
    const attempt: Attempt = { url, headers, body, timeoutMs, end, recalled: false };
    this.attempts.push(attempt);
    const result = this.answer(attempt);
    if (result !== undefined) end(result);
    return () => {
      attempt.recalled = true;
    };
  }

  get bodies(): string[] {
    return this.attempts.map(({ body }) => body);
  }
}
