import { PaperjamError } from '../base/errors.js';
import { checkAmountFen } from '../base/money.js';
import type { EmulatedPlatform } from '../emulator/platform/platform.js';
import type { Clock } from '../ports/clock.js';
import type { Approach, CustomerSite, OperatorKey, OperatorSite, Reading, ScannerSite } from '../ports/faults.js';
import type { TillRef } from '../terminal/journal/record.js';
import type { Terminal } from '../terminal/terminal.js';
import { Rules } from './rules.js';

/** How a customer of the emulated platform behaves. */
export type CustomerRequest = Approach;

/** What is keyed in and shown for one sale. */
export interface SaleRequest {
  readonly subject?: string | undefined;
  /** A payment code that is shown at once. */
  readonly code?: string | undefined;
  /** An emulated customer, who shows a code at once. */
  readonly customer?: CustomerRequest | undefined;
  /** What the till that asks for it knows it by. */
  readonly till?: TillRef | undefined;
}

export interface PeopleParts {
  readonly clock: Clock;
  /** The terminal of this boot. */
  readonly terminal: () => Terminal;
  readonly platform?: EmulatedPlatform | undefined;
  /** Codes of customers of an emulated platform elsewhere; `undefined` when there is none of such a one. */
  readonly codeElsewhere?: ((customer: CustomerRequest) => string | undefined) | undefined;
}

/**
 * The people around a terminal, and the scanner between them. Whoever plays a sale, be it a fixture, the control API, the
 * prompt or a sweep, goes through here: faults of people and of the scanner take hold here.
 */
export class People {
  readonly #parts: PeopleParts;
  readonly #readings = new Rules<(reading: Reading) => readonly Reading[]>();
  readonly #approaches = new Rules<(customer: Approach) => Approach>();
  readonly #shown = new Rules<(code: string) => string | undefined>();
  readonly #amounts = new Rules<(amountFen: number) => number>();
  readonly #keyed = new Set<(saleId: string, amountFen: number) => void>();
  readonly #presses = new Rules<(key: OperatorKey, again: () => void) => void>();
  /** Codes of customers who have been asked how they behave, and have not shown them yet. */
  readonly #approached = new Set<string>();
  #keying = false;
  #last: { readonly saleId: string; readonly amountFen: number; readonly subject: string | undefined } | undefined;
  readonly scanner: ScannerSite;
  readonly customer: CustomerSite;
  readonly operator: OperatorSite;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
    const { platform, terminal } = parts;
    this.scanner = { onRead: (rule) => this.#readings.add(rule) };
    this.customer = {
      onApproach: (rule) => this.#approaches.add(rule),
      onShow: (rule) => this.#shown.add(rule),
      ...(platform === undefined ? {} : { oldCode: (ageMs) => platform.issueCode({ behaviour: 'pays', ageMs }) }),
      leaves: () => !isRefused(() => terminal().customerLeft()),
      declinesTicket: () => !isRefused(() => terminal().declineTicket()),
    };
    this.operator = {
      onAmount: (rule) => this.#amounts.add(rule),
      onPress: (listener) => this.#presses.add(listener),
      cancels: () => {
        const { canCancel } = terminal();
        this.cancel();
        return canCancel;
      },
      startsAgain: () => this.#startAgain(),
      skipsTicket: () => {
        const saleId = terminal().foreground;
        return saleId !== undefined && !isRefused(() => terminal().leaveTicket(saleId, 'the cashier goes on'));
      },
    };
  }

  /**
   * The cashier keys in an amount, or a `till` asks for it, and the customer, if one is there, shows a code. Returns the
   * order number. Throws `PJ_AMOUNT`, `PJ_TILL_KEY`, `PJ_CODE`, `PJ_NO_CUSTOMER`, and whatever `Terminal.sell` does, and then there is no sale and no code.
   */
  sell(amountFen: number, { subject, code, customer, till }: SaleRequest = {}): string {
    checkAmountFen(amountFen);
    const terminal = this.#parts.terminal();
    if (code !== undefined) terminal.checkCode(code);
    if (till !== undefined) terminal.checkTill(till);
    // What a till asks for nobody keys in at the terminal.
    const keyedFen = till === undefined ? this.#amounts.all().reduce((fen, rule) => rule(fen), amountFen) : amountFen;
    checkAmountFen(keyedFen);
    terminal.checkSell();
    const shown = customer === undefined ? code : this.codeOf(customer);
    const asked = { ...(subject === undefined ? {} : { subject }), ...(till === undefined ? {} : { till }) };
    const press = () => {
      this.#keying = true;
      try {
        const saleId = this.#parts.terminal().sell(keyedFen, asked);
        for (const listener of this.#keyed) listener(saleId, keyedFen);
        return saleId;
      } finally {
        this.#keying = false;
      }
    };
    const saleId = press();
    this.#last = { saleId, amountFen, subject };
    if (shown !== undefined) this.show(shown);
    if (till === undefined) this.#pressed('sale', press);
    return saleId;
  }

  /** A sale is being keyed in: what it is called is not known yet. */
  get keying(): boolean {
    return this.#keying;
  }

  /** Hears of each sale that was keyed in, with the amount as it was; not yet of what becomes of it. */
  watch(listener: (saleId: string, amountFen: number) => void): () => void {
    this.#keyed.add(listener);
    return () => this.#keyed.delete(listener);
  }

  /** A code on an emulated customer's phone. Throws `PJ_NO_CUSTOMER` when the platform is a real one. */
  codeOf(customer: CustomerRequest): string {
    const { platform, codeElsewhere } = this.#parts;
    if (platform === undefined) {
      const code = codeElsewhere?.(customer);
      if (code === undefined) throw new PaperjamError('PJ_NO_CUSTOMER');
      return code;
    }
    const { behaviour, afterMs } = this.#approach(customer);
    const code = platform.issueCode(afterMs === undefined ? { behaviour } : { behaviour, afterMs });
    this.#approached.add(code);
    return code;
  }

  /** The customer holds a code before the scanner, or a scanner has read one; what comes of it goes to the terminal. */
  show(code: string): void {
    if (!this.#approached.delete(code)) this.#behave(code);
    let shown: string | undefined = code;
    for (const rule of this.#shown.all()) shown = shown === undefined ? undefined : rule(shown);
    if (shown === undefined) return;
    let readings: readonly Reading[] = [{ code: shown, afterMs: 0 }];
    for (const rule of this.#readings.all()) readings = readings.flatMap(rule);
    for (const reading of readings) {
      const scan = () => this.#parts.terminal().scan(reading.code);
      if (reading.afterMs === 0) scan();
      else this.#parts.clock.setTimeout(scan, reading.afterMs);
    }
  }

  /** The cashier gives the sale under way up. */
  cancel(): void {
    const press = () => this.#parts.terminal().cancel();
    press();
    this.#pressed('cancel', press);
  }

  /** The cashier asks for the ticket again. Throws `PJ_UNKNOWN_SALE`, `PJ_NO_TICKET`, `PJ_BUSY`. */
  reprint(saleId: string): void {
    const press = () => this.#parts.terminal().reprint(saleId);
    press();
    this.#pressed('reprint', press);
  }

  /** The money of a paid sale is to go back. Throws what `Terminal.reverse` does. */
  reverse(saleId: string): void {
    const press = () => this.#parts.terminal().reverse(saleId);
    press();
    this.#pressed('reverse', press);
  }

  #approach(customer: Approach): Approach {
    return this.#approaches.all().reduce((one, rule) => rule(one), customer);
  }

  /** A code about whose holder nothing was said: the emulated platform learns of it if a fault has made somebody of him. */
  #behave(code: string): void {
    const { platform } = this.#parts;
    if (platform === undefined || this.#approaches.all().length === 0) return;
    const { behaviour, afterMs } = this.#approach({ behaviour: 'pays' });
    if (behaviour !== 'pays') platform.issueCode({ behaviour, code, ...(afterMs === undefined ? {} : { afterMs }) });
  }

  #pressed(key: OperatorKey, press: () => void): void {
    const again = () => void isRefused(press);
    for (const listener of this.#presses.all()) listener(key, again);
  }

  #startAgain(): 'sold' | 'refused' | 'over' {
    const last = this.#last;
    const terminal = this.#parts.terminal();
    const facts = last === undefined ? undefined : terminal.find(last.saleId)?.facts;
    if (last === undefined || facts === undefined || facts.payment !== 'unknown') return 'over';
    const { amountFen, subject } = last;
    const customer = this.#parts.platform === undefined ? undefined : ({ behaviour: 'pays' } as const);
    return isRefused(() => void this.sell(amountFen, { subject, customer })) ? 'refused' : 'sold';
  }
}

/** Whether the terminal refused it: people press keys whatever the terminal is at, and it says so on its display. */
function isRefused(press: () => void): boolean {
  try {
    press();
    return false;
  } catch (error) {
    if (error instanceof PaperjamError) return true;
    throw error;
  }
}
