import type { PaperjamError } from '../base/errors.js';
import type { ExchangeEntry } from '../emulator/platform/exchange-log.js';
import type { Trade } from '../emulator/platform/ledger-state.js';
import type { PaperPiece } from '../emulator/printer/paper/piece.js';

/** What went over the printer's line during one job: a recording, as `paperjam replay` reads it. */
export interface JobRecording {
  /** `T0120260101080000976204-1`: the sale, and which of its jobs. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What is kept about a sale, from all places, as it is. */
export interface SaleMaterial {
  readonly journal: { readonly content: Uint8Array; readonly address: string };
  /** Of the emulated platform. Absent: the platform is elsewhere, and so is its log. */
  readonly platform?: {
    /** Oldest first. */
    readonly exchanges: readonly ExchangeEntry[];
    readonly trade: Trade | undefined;
    /** `PJ_PLATFORM_LOG`: not all of the log could be read. */
    readonly damaged?: PaperjamError | undefined;
  };
  /** Oldest first. */
  readonly line: readonly JobRecording[];
  /** Paper of the emulated printer on which the order number stands. Absent: the printer is a real one. */
  readonly paper?: readonly PaperPiece[];
  /** Versions and configuration as the terminal was started with last, without secrets. */
  readonly settings: object;
}

/** Whether an exchange is about an order; one that was refused at the door names it only inside its request. */
export function isAbout({ orderNo, request }: ExchangeEntry, saleId: string): boolean {
  return orderNo === saleId || (orderNo === undefined && (JSON.stringify(request) ?? '').includes(saleId));
}
