/** What a digital ticket says: enough to prove a payment, and nothing that could be paid with. */
export interface DigitalTicket {
  readonly orderNo: string;
  readonly amountFen: number;
  readonly subject: string;
  readonly merchant: string;
  readonly terminalId: string;
  readonly tradeNo?: string;
  /** Ms since 1970, as the platform said. */
  readonly paidAtMs?: number;
}

/** Signs digital tickets, so that none can be forged, and says where a customer finds one. */
export interface DigitalTickets {
  /** An http(s) URL for a QR code, at most 300 characters of ASCII. The same ticket always gives the same URL. */
  urlOf(ticket: DigitalTicket): string;
}
