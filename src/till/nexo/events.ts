import { answered, type Header, type HeaderHints, timeStamp } from './message.js';

/**
 * Messages that the terminal sends by itself. The till's vendor has no use for a response that is none: what cannot be
 * answered in the words of its category comes back as an event `Reject` that carries the message (nexo Retailer 3.0;
 * for its shape in JSON see the test data of Adyen's client library, `asyncResponseError`).
 */
export type EventToNotify =
  | 'Reject'
  | 'Initialised'
  | 'Shutdown'
  | 'OutOfOrder'
  | 'EndMaintenance'
  | 'NetworkConnected'
  | 'NetworkDisconnected';

export interface NexoEvent {
  readonly event: EventToNotify;
  /** `name=value&…`. */
  readonly details: string;
  readonly atMs: number;
  /** Whom it is about, as far as that is known. */
  readonly about: HeaderHints;
  readonly deviceId: string;
  /** The message that was rejected, as it came. */
  readonly rejected?: string;
}

/** A till logs what it was sent; of more than this nobody would read. */
const REJECTED_MAX = 4096;

export function eventMessage({ event, details, atMs, about, deviceId, rejected }: NexoEvent): object {
  const { ServiceID, SaleID, POIID } = about;
  return {
    SaleToPOIRequest: {
      MessageHeader: {
        DeviceID: deviceId,
        MessageCategory: 'Event',
        MessageClass: 'Event',
        MessageType: 'Notification',
        ...(POIID === undefined ? {} : { POIID }),
        ProtocolVersion: '3.0',
        ...(SaleID === undefined ? {} : { SaleID }),
        ...(ServiceID === undefined ? {} : { ServiceID }),
      },
      EventNotification: {
        EventDetails: details,
        EventToNotify: event,
        ...(event === 'OutOfOrder' ? { MaintenanceRequiredFlag: true } : {}),
        ...(rejected === undefined
          ? {}
          : { RejectedMessage: Buffer.from(rejected.slice(0, REJECTED_MAX), 'utf8').toString('base64') }),
        TimeStamp: timeStamp(atMs),
      },
    },
  };
}

/** Form-encoded, with plus signs for spaces: as Adyen's events have them. */
export function eventDetails(values: Readonly<Record<string, string>>): string {
  return new URLSearchParams(values).toString();
}

/** What the cloud says when it heard nothing from a terminal: it says nothing of the payment (Adyen's words). */
export const NO_RESPONSE = 'Did not receive a response from the POI.';

/** How a sale goes on, as tills are shown it: Adyen's names of display notifications. */
export type Progress = 'TENDER_CREATED' | 'PRINT_RECEIPT' | 'RECEIPT_PRINTED' | 'TENDER_FINAL';

/** A display notification: a request to show something to the cashier, which names an event and no words. */
export function progressMessage(
  header: Omit<Header, 'MessageType'>,
  progress: Progress,
  {
    deviceId,
    transactionId,
    atMs,
  }: { readonly deviceId: string; readonly transactionId: string; readonly atMs: number },
): object {
  const reference = { TransactionID: transactionId, TimeStamp: timeStamp(atMs), event: progress };
  return {
    SaleToPOIRequest: {
      MessageHeader: {
        ...answered(header),
        DeviceID: deviceId,
        MessageCategory: 'Display',
        MessageClass: 'Device',
        MessageType: 'Request',
      },
      DisplayRequest: {
        DisplayOutput: [
          {
            Device: 'CashierDisplay',
            InfoQualify: 'Status',
            OutputContent: {
              OutputFormat: 'MessageRef',
              PredefinedContent: { ReferenceID: eventDetails(reference) },
            },
            ResponseRequiredFlag: false,
          },
        ],
      },
    },
  };
}
