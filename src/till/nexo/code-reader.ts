import { PaperjamError } from '../../base/errors.js';
import type { Undo } from '../../ports/undo.js';
import { type CodeReading, readPaymentCode } from '../../terminal/payment-code.js';
import type { World } from '../../world/world.js';
import type { Custom } from '../counter.js';
import type { TransactionId } from './message.js';

export type ReadCode = Extract<CodeReading, { readonly ok: true }>;

/** A code on a customer's screen lives about a minute (Alipay); one that is held longer cannot be paid with any more. */
const HELD_MS = 60_000;

/** A code that was read, and waits for its payment. */
export interface HeldCode {
  readonly id: TransactionId;
  readonly reading: ReadCode;
  /** It was shown for the next payment, whichever that is; any other code is only for the payment that refers to it. */
  readonly ahead: boolean;
}

const USUAL: Custom = { behaviour: 'pays' };
const APPROACH_MS = 1_000;

/**
 * Reads a payment code without an amount, while the terminal is idle: whatever the scanner hands on then is not the
 * terminal's. Held in memory, as a terminal holds it: a power cut forgets it, and the customer shows it again.
 */
export class CodeReader {
  #held: (HeldCode & { readonly untilMs: number }) | undefined;
  #stop: Undo | undefined;

  constructor(
    private readonly world: World,
    private readonly custom: Custom = USUAL,
  ) {}

  /** What was read and can still be paid with. */
  get held(): HeldCode | undefined {
    const held = this.#held;
    return held !== undefined && this.world.clock.now() < held.untilMs ? held : undefined;
  }

  hold(held: HeldCode): void {
    this.#held = { ...held, untilMs: this.world.clock.now() + HELD_MS };
  }

  /** It is being paid with, or not wanted. */
  release(): void {
    this.#held = undefined;
  }

  /** Calls `done` with the first code that can be one, or without when the time is up. The result gives it up. */
  read(withinMs: number, done: (reading: ReadCode | undefined) => void): Undo {
    this.#stop?.();
    const { clock, people } = this.world;
    const end = (reading: ReadCode | undefined) => {
      stop();
      done(reading);
    };
    const take = (code: string) => {
      const reading = readPaymentCode(code);
      if (this.#stop === stop && reading.ok && this.#accepts(reading.code)) end(reading);
    };
    const leave = people.scanner.onRead(({ code, afterMs }) => {
      if (!this.world.terminal.free) return [{ code, afterMs }]; // Somebody sells meanwhile: it is that sale's.
      if (afterMs === 0) take(code);
      else clock.setTimeout(() => take(code), afterMs);
      return [];
    });
    const timer = clock.setTimeout(() => end(undefined), withinMs);
    const approach = this.#approach();
    this.world.terminal.showText({ zh: '请出示付款码', en: 'Show your payment code' });
    const stop = () => {
      if (this.#stop !== stop) return;
      this.#stop = undefined;
      clock.clearTimeout(timer);
      clock.clearTimeout(approach);
      leave();
      this.world.terminal.showText(undefined);
    };
    this.#stop = stop;
    return stop;
  }

  /** Gives up what is being read. */
  stop(): void {
    this.#stop?.();
  }

  /** Gives it up, and forgets what was read. */
  forget(): void {
    this.stop();
    this.release();
  }

  #approach() {
    const { custom } = this;
    if (custom === 'none') return undefined;
    const { behaviour, afterMs, approachMs = APPROACH_MS } = custom;
    const { clock, people } = this.world;
    return clock.setTimeout(() => {
      try {
        people.show(people.codeOf({ behaviour, afterMs }));
      } catch (error) {
        // With a real platform only real customers come.
        if (!(error instanceof PaperjamError && error.code === 'PJ_NO_CUSTOMER')) throw error;
      }
    }, approachMs);
  }

  #accepts(code: string): boolean {
    try {
      this.world.terminal.checkCode(code);
      return true;
    } catch (error) {
      if (error instanceof PaperjamError) return false; // As at a sale: the customer shows another one.
      throw error;
    }
  }
}
