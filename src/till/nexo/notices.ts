import type { PrinterStatus } from '../../ports/printer.js';
import type { Undo } from '../../ports/undo.js';
import { isFinal } from '../../terminal/facts.js';
import { isOfSale, type JournalRecord } from '../../terminal/journal/record.js';
import { type EventToNotify, eventDetails, eventMessage, type Progress, progressMessage } from './events.js';
import type { NexoHooks } from './options.js';
import type { Poi } from './poi.js';
import { type NexoPrinterStatus, printerStatus } from './printer-words.js';

/** How the URL for notifications is logged in to. `secret`: `user:password`, or empty. */
export function basicAuth(secret: string): Record<string, string> {
  return secret === '' ? {} : { authorization: `Basic ${Buffer.from(secret, 'utf8').toString('base64')}` };
}

/**
 * What the terminals tell by themselves: how payments go on (display notifications), that a printer or a terminal is out
 * of order or works again, and the answers to messages that nobody waits for.
 */
export class NexoEvents {
  readonly #hooks: NexoHooks | undefined;
  readonly #undo: Undo[] = [];
  /** What was told last of each printer; at first that it works. */
  readonly #printers = new Map<Poi, NexoPrinterStatus>();
  #next = 1;

  constructor(hooks: NexoHooks | undefined) {
    this.#hooks = hooks;
  }

  /** `type`: what subscribers can choose by, `PaymentResponse`, `Event`, `Display`. `heard`: when somebody has taken it. */
  tell(poi: Poi, type: string, message: object, heard?: () => void): void {
    const id = `${poi.id}-${poi.clock.now()}-${this.#next++}`;
    this.#hooks?.publish({ id, type, body: JSON.stringify(message) }, basicAuth, heard);
  }

  /** Begins to tell of a terminal, over all its boots. */
  follow(poi: Poi): void {
    if (this.#hooks === undefined) return;
    const { world } = poi;
    this.#undo.push(
      poi.counter.onPowerLoss(() => this.#event(poi, 'Shutdown', { message: 'The terminal has lost its power' })),
      world.watch({
        boot: () => {
          this.#event(poi, 'Initialised', { message: 'The terminal has booted' });
          this.#followPrinter(poi);
        },
        record: (record) => this.#progress(poi, record),
        failed: (error) => this.#event(poi, 'OutOfOrder', { message: error.message }),
      }),
    );
    this.#followPrinter(poi);
  }

  close(): void {
    for (const undo of this.#undo.splice(0)) undo();
  }

  #followPrinter(poi: Poi): void {
    const { printer } = poi.world;
    printer.watch((status: PrinterStatus) => {
      if (poi.world.printer !== printer) return; // That of an earlier boot.
      if (!status.ready && status.faults.length === 0) return; // It is being asked, and nothing is known yet.
      const now = printerStatus(status);
      if (now === (this.#printers.get(poi) ?? 'OK')) return;
      this.#printers.set(poi, now);
      const works = now === 'OK' || now === 'PaperLow';
      const message = works ? 'The printer works' : `The printer does not print: ${status.faults.join(', ')}`;
      this.#event(poi, works ? 'EndMaintenance' : 'OutOfOrder', { message, PrinterStatus: now });
    });
  }

  #event(poi: Poi, event: EventToNotify, details: Readonly<Record<string, string>>): void {
    const about = { POIID: poi.id };
    const atMs = poi.clock.now();
    const parts = { event, details: eventDetails(details), atMs, about, deviceId: poi.newDeviceId() };
    this.tell(poi, 'Event', eventMessage(parts));
  }

  #progress(poi: Poi, record: JournalRecord): void {
    const progress = progressOf(record);
    if (progress === undefined || !isOfSale(record)) return;
    const facts = poi.counter.facts(record.saleId);
    if (facts?.till?.face !== 'nexo') return;
    if (progress === 'TENDER_FINAL' && !isFinal(facts)) return;
    const { key } = facts.till;
    const cut = key.lastIndexOf('/');
    const header = {
      MessageCategory: 'Display',
      MessageClass: 'Device' as const,
      POIID: poi.id,
      SaleID: key.slice(0, cut),
      ServiceID: key.slice(cut + 1),
    };
    const parts = { deviceId: poi.newDeviceId(), transactionId: facts.saleId, atMs: poi.clock.now() };
    this.tell(poi, 'Display', progressMessage(header, progress, parts));
  }
}

function progressOf(record: JournalRecord): Progress | undefined {
  switch (record.kind) {
    case 'sale-opened':
      return 'TENDER_CREATED';
    case 'payment':
      return 'TENDER_FINAL';
    case 'print-intent':
      return 'PRINT_RECEIPT';
    case 'print-result':
      return record.result.outcome === 'printed' ? 'RECEIPT_PRINTED' : undefined;
    default:
      return undefined;
  }
}
