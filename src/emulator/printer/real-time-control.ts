import { oneByte } from './answers.js';
import { isRecoverable } from './mechanism/condition.js';
import type { Mechanism } from './mechanism/mechanism.js';
import type { RealTimeCommand } from './mechanism/real-time.js';

export interface RealTimeControlOptions {
  readonly mechanism: Mechanism;
  /** `DLE DC4 8` is one of its commands. */
  readonly clearsBuffer: boolean;
  readonly reply: (bytes: Uint8Array) => void;
  /** The answer to `DLE EOT n`. */
  readonly status: (n: number) => number | undefined;
  readonly pulse: (pin: 2 | 5, onMs: number) => void;
  /** Receive buffer and print buffer, and the command that was under way; settings stay. */
  readonly clearBuffers: () => void;
  readonly powerOff: () => void;
}

/** Carries out real-time commands, whatever state the printer is in. */
export class RealTimeControl {
  readonly #options: RealTimeControlOptions;
  /** `GS ( D`: functions of `DLE DC4` that are switched off. */
  readonly #disabled = new Set<number>();

  constructor(options: RealTimeControlOptions) {
    this.#options = options;
  }

  /** `GS ( D`: `DLE DC4` fn 1 (pulse) and 2 (power off). */
  enable(fn: number, on: boolean): void {
    if (on) this.#disabled.delete(fn);
    else this.#disabled.add(fn);
  }

  /** Switching on; `ESC @` enables one by one. */
  reset(): void {
    this.#disabled.clear();
  }

  obey(command: RealTimeCommand): void {
    const { reply, status, pulse, powerOff } = this.#options;
    switch (command.kind) {
      case 'status': {
        const byte = status(command.n);
        if (byte !== undefined) reply(oneByte(byte));
        break;
      }
      case 'request':
        this.#request(command.n);
        break;
      case 'pulse':
        if (!this.#disabled.has(1)) pulse(command.m === 0 ? 2 : 5, command.t * 100);
        break;
      case 'power-off':
        if (this.#disabled.has(2)) break;
        reply(Uint8Array.of(0x3b, 0x30, 0x00));
        powerOff();
        break;
      case 'clear':
        if (!this.#options.clearsBuffer) break;
        this.#options.clearBuffers();
        this.#options.mechanism.recover();
        reply(Uint8Array.of(0x37, 0x25, 0x00));
    }
  }

  /** `DLE ENQ n`: 0 is the feed button for who waits for it; 1 and 2 recover from an error, 2 with empty buffers. */
  #request(n: number): void {
    const { mechanism, clearBuffers } = this.#options;
    if (n === 0) mechanism.pause.press();
    else if (isRecoverable(mechanism.condition)) {
      if (n === 2) clearBuffers();
      mechanism.recover();
    }
  }
}
