import { PaperjamError } from '../../base/errors.js';
import type { ToldPayment } from '../wire.js';
import { eventDetails } from './events.js';
import { answered, type ErrorCondition, failure, type Header, type Response } from './message.js';
import type { Poi } from './poi.js';

/** How answers of one exchange leave: plainly or sealed, over this connection or later as an event. */
export interface Line {
  /** Sends a message; only the first counts. `told`: the payments whose final outcome stands in it. */
  send(message: object, told?: readonly ToldPayment[]): void;
  /** An event Reject about the request, as its only answer. */
  reject(details: string): void;
  /** What has no response was done. */
  accepted(): void;
  /** The terminal has lost its power: nobody is there to answer any more. */
  gone(): void;
  /** The till waits for the end of this sale. */
  expects(saleId: string): void;
}

/** One request that is being served. */
export class Call {
  readonly header: Header;
  readonly poi: Poi;
  readonly line: Line;
  readonly #response: string;

  constructor(parts: { readonly header: Header; readonly poi: Poi; readonly line: Line; readonly response: string }) {
    this.header = parts.header;
    this.poi = parts.poi;
    this.line = parts.line;
    this.#response = parts.response;
  }

  /** By which the till repeats this request: `POS1/4711`. */
  get key(): string {
    return keyOf(this.header);
  }

  answer(body: object, ...told: readonly ToldPayment[]): void {
    this.line.send({ SaleToPOIResponse: { MessageHeader: answered(this.header), [this.#response]: body } }, told);
  }

  /** Of a request that has no response. */
  reject(message: string): void {
    this.line.reject(eventDetails({ message }));
  }
}

/** A message pair is named by the till and by its number; one of a device by the device's number. */
export function keyOf({ SaleID, ServiceID, DeviceID }: Pick<Header, 'SaleID' | 'ServiceID' | 'DeviceID'>): string {
  return `${SaleID}/${ServiceID ?? `${DeviceID ?? ''} of the device`}`;
}

const CONDITIONS: Partial<Record<PaperjamError['code'], ErrorCondition>> = {
  PJ_BUSY: 'Busy',
  PJ_TICKET_HELD: 'Busy',
  PJ_PAPER_REQUIRED: 'UnavailableDevice',
  PJ_AMOUNT: 'NotAllowed',
  PJ_CODE: 'InvalidCard',
  PJ_NOT_NOW: 'NotAllowed',
  PJ_NO_TICKET: 'NotAllowed',
  PJ_UNKNOWN_SALE: 'NotFound',
  PJ_TICKET: 'MessageFormat',
  PJ_REQUEST: 'MessageFormat',
  PJ_KEY_REUSED: 'NotAllowed',
  PJ_TILL_KEY: 'NotAllowed',
  PJ_STORAGE_FULL: 'DeviceOut',
  PJ_STORAGE_FAILED: 'DeviceOut',
  PJ_JOURNAL_CHANGED: 'DeviceOut',
};

/** The protocol's word for what the terminal would not do. Anything else is a mistake of this program. */
export function refusedBy(error: unknown): Response {
  if (!(error instanceof PaperjamError)) throw error;
  return failure(CONDITIONS[error.code] ?? 'UnavailableService', { message: error.message, code: error.code });
}
