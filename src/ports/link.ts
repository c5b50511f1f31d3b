/** Why a link is down. `lost`: it was open and went away; the others: it could not be opened. */
export interface LinkLoss {
  readonly code: 'lost' | 'refused' | 'missing' | 'busy' | 'denied' | 'unsupported';
  /** What happened, in words for an engineer, with the address. */
  readonly message: string;
}

/** Who is told what happens on a link. Calls come one at a time, never from inside a call of the link's own methods. */
export interface LinkListener {
  opened(): void;
  /** Bytes in order, in any split. The receiver may keep them and does not change them: the writer may still hold them. */
  received(bytes: Uint8Array): void;
  /** Everything written so far has left this side. It proves nothing about the other side. */
  drained(): void;
  /** Down, once for each time the link was opened or tried. Unsent bytes are gone. */
  lost(loss: LinkLoss): void;
}

/** What a serial port's inputs say now, as seen from this side; `true`: asserted. */
export interface ModemLines {
  /** Clear to send: usually wired to the printer's DTR (or RTS), which says "not busy". */
  readonly cts: boolean;
  /** Data set ready: on most cables the printer's DTR too, else "it is switched on". */
  readonly dsr: boolean;
  /** Data carrier detect. */
  readonly dcd: boolean;
}

/** A two-way stream of bytes: serial port, pseudo-terminal, TCP, or memory. */
export interface Link {
  /** For people: `/dev/pts/4 at 115200`, `tcp://127.0.0.1:9100`, `memory`. */
  readonly address: string;
  /** Starts opening; the listener hears `opened` or `lost`. A link that was lost or closed can be opened again. */
  open(listener: LinkListener): void;
  /** Queues bytes to be sent in order. Ignored while the link is down. The caller does not change them afterwards. */
  write(bytes: Uint8Array): void;
  /** Bytes written and not yet sent. */
  readonly pendingBytes: number;
  /** Stops (`false`) and resumes (`true`) taking bytes from the line, so that the other side feels it. */
  reading(on: boolean): void;
  /**
   * Asks for the modem lines. `done` is called once, never from inside this call; `none`: the port has no such lines, as a
   * pseudo-terminal. While the link is down, and when it is lost or closed before the answer, there is no answer: a port
   * that fails is lost, not `none`. Absent: a link of a kind that never has any (TCP, memory).
   */
  modemLines?(done: (lines: ModemLines | 'none') => void): void;
  /** Idempotent. The listener hears nothing more. */
  close(): void;
}
