import { PaperjamError } from '../base/errors.js';
import type { EmulatedPlatform } from '../emulator/platform/platform.js';
import type { Behaviour } from '../emulator/platform/wallet.js';
import type { Clock } from '../ports/clock.js';
import type { Reading, ScannerSite, Undo } from '../ports/faults.js';
import type { Terminal } from '../terminal/terminal.js';

/** How a customer of the emulated platform behaves. */
export interface CustomerRequest {
  readonly behaviour: Behaviour;
  /** How long one who is asked takes to decide. */
  readonly afterMs?: number | undefined;
}

export interface PeopleParts {
  readonly clock: Clock;
  /** The terminal of this boot. */
  readonly terminal: () => Terminal;
  readonly platform?: EmulatedPlatform | undefined;
}

/**
 * The people around a terminal, and the scanner between them. Whoever plays a sale, be it a fixture, the control API or
 * a sweep, goes through here: faults of people and of the scanner take hold here.
 */
export class People {
  readonly #parts: PeopleParts;
  readonly #rules = new Set<(reading: Reading) => readonly Reading[]>();
  readonly scanner: ScannerSite = { onRead: (rule) => this.#add(rule) };

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  /** The cashier keys in an amount. Returns the order number. Throws `PJ_AMOUNT`, `PJ_BUSY`. */
  sell(amountFen: number, subject?: string): string {
    return this.#parts.terminal().sell(amountFen, subject === undefined ? {} : { subject });
  }

  /** A code on an emulated customer's phone. Throws `PJ_NO_CUSTOMER` when the platform is a real one. */
  codeOf({ behaviour, afterMs }: CustomerRequest): string {
    const { platform } = this.#parts;
    if (platform === undefined) throw new PaperjamError('PJ_NO_CUSTOMER');
    return platform.issueCode(afterMs === undefined ? { behaviour } : { behaviour, afterMs });
  }

  /** The customer holds a code before the scanner; what it reads goes to the terminal. */
  show(code: string): void {
    let readings: readonly Reading[] = [{ code, afterMs: 0 }];
    for (const rule of this.#rules) readings = readings.flatMap(rule);
    for (const reading of readings) {
      const scan = () => this.#parts.terminal().scan(reading.code);
      if (reading.afterMs === 0) scan();
      else this.#parts.clock.setTimeout(scan, reading.afterMs);
    }
  }

  /** The cashier gives the sale under way up. */
  cancel(): void {
    this.#parts.terminal().cancel();
  }

  /** The cashier asks for the ticket again. Throws `PJ_UNKNOWN_SALE`, `PJ_NO_TICKET`, `PJ_BUSY`. */
  reprint(saleId: string): void {
    this.#parts.terminal().reprint(saleId);
  }

  #add(rule: (reading: Reading) => readonly Reading[]): Undo {
    const own = (reading: Reading) => rule(reading); // So that one function set twice is two rules.
    this.#rules.add(own);
    return () => void this.#rules.delete(own);
  }
}
