import { SignedTickets } from '../../digital/tickets.js';
import { Flash } from '../../ground/flash.js';
import { seededRandom } from '../../ground/seeded-random.js';
import { VirtualClock } from '../../ground/virtual-clock.js';
import type { Acquirer, AuthorizeAnswer, CancelAnswer, NoticeListener, QueryAnswer } from '../../ports/acquirer.js';
import type { PrinterProfile } from '../../ports/device.js';
import type { JobResult, Printer, PrinterStatus } from '../../ports/printer.js';
import { simulatedKey } from '../../world/simulated.js';
import { World } from '../../world/world.js';
import type { Deed } from './deeds.js';
import {
  authorizeAnswer,
  CODE,
  cancelAnswer,
  jobResult,
  NO_COUNTERS,
  PRINTER_FAULT,
  PRINTER_READY,
  queryAnswer,
} from './events.js';
import type { GraphPath } from './paths.js';
import { AMOUNT_FEN } from './situation.js';
import { Stage, timingsOf } from './stage.js';

/** The firmware alone: its platform and its printer say what the path has them say, when it has them say it. */
export class ScriptedStage extends Stage {
  readonly clock = new VirtualClock();
  readonly world: World;
  /** Whoever waits for an answer. */
  #authorized: ((answer: AuthorizeAnswer) => void) | undefined;
  #queried: ((answer: QueryAnswer) => void) | undefined;
  #cancelled: ((answer: CancelAnswer) => void) | undefined;
  #printed: ((result: JobResult) => void) | undefined;
  #notice: NoticeListener | undefined;
  #status: PrinterStatus = PRINTER_READY;
  #statusListener: ((status: PrinterStatus) => void) | undefined;
  /** The guard task is told that the sale is paid, and cannot be cancelled. */
  #tellsGuard = false;

  constructor(path: GraphPath, profile: PrinterProfile) {
    super(path);
    const { clock } = this;
    const random = seededRandom(1);
    let flash = new Flash(clock);
    this.world = new World({
      clock,
      random,
      profile,
      options: {
        version: '0.0.0-scripted',
        merchant: { name: 'Scripted', terminalId: 'T01', utcOffsetMinutes: 480 },
        policy: path.house.policy,
        timings: timingsOf(path),
      },
      acquirers: { alipay: this.#acquirer() },
      openJournal: (powerCut) => {
        if (!powerCut) return flash;
        flash.cut('nothing');
        flash = flash.reopen();
        return flash;
      },
      openPrinter: () => this.#printer(),
      glyphs: { glyph: (_, widthDots, heightDots) => blank(widthDots, heightDots) },
      sites: {},
      key: simulatedKey,
      digital: new SignedTickets({
        key: simulatedKey,
        url: 'https://tickets.example/{orderNo}',
        utcOffsetMinutes: 480,
      }),
      material: () => {
        throw new Error('nobody asks for the evidence of a scripted world');
      },
    });
  }

  protected prepare(at: number): void {
    const next = this.path.steps[at + 1]?.deed;
    if (next?.type === 'STORAGE_FAILED') this.world.faults.put({ fault: 'terminal.disk-full', when: 'now' });
  }

  protected code(): string {
    return CODE;
  }

  protected happens({ type, word, sale }: Deed): void {
    const { path } = this;
    if (type === 'AUTHORIZED') this.#authorized?.(authorizeAnswer(word));
    if (type === 'QUERIED') this.#queried?.(queryAnswer(word));
    if (type === 'CANCELLED') {
      this.#tellsGuard = path.steps.some(({ deed }) => deed.type === 'FOUND_PAID');
      this.#cancelled?.(cancelAnswer(word));
    }
    if (type === 'PRINTED') this.#printed?.(jobResult(word));
    if (type === 'PRINTER_STATUS') {
      this.#status = word === 'ready' ? PRINTER_READY : PRINTER_FAULT;
      this.#statusListener?.(this.#status);
    }
    if (type === 'NOTIFIED') {
      const said = { outcome: 'paid', tradeNo: '2026010122001400001234567890', amountFen: AMOUNT_FEN } as const;
      this.#notice?.({ id: 'notice', orderNo: this.saleId(sale), ...said }, () => {});
    }
  }

  #acquirer(): Acquirer {
    return {
      authorize: (_, done) => {
        this.#authorized = done;
      },
      query: (_, done) => {
        this.#queried = done;
        if (this.#tellsGuard) this.clock.setTimeout(() => done(queryAnswer('paid')), 10);
      },
      cancel: (_, done) => {
        this.#cancelled = done;
        if (this.#tellsGuard) this.clock.setTimeout(() => done(cancelAnswer('refused')), 10);
      },
      watch: (listener) => {
        this.#notice = listener;
      },
    };
  }

  #printer(): Printer {
    return {
      print: (_, done) => {
        this.#printed = done;
      },
      check: () => {},
      cancel: () => {},
      status: () => this.#status,
      counters: () => NO_COUNTERS,
      watch: (listener) => {
        this.#statusListener = listener;
        this.clock.setTimeout(() => listener(this.#status), 10); // It has been found, and is ready.
      },
      close: () => {},
    };
  }
}

function blank(widthDots: number, heightDots: number) {
  return { widthDots, heightDots, rows: new Uint8Array(Math.ceil(widthDots / 8) * heightDots), missing: true };
}
