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

/** The lines of a serial port by which the other side shows that it is there and takes bytes. */
export interface ModemLines {
  readonly cts: boolean;
  readonly dsr: boolean;
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
  /** Reads the modem lines; absent or `none`: this link has none. `done` is never called from inside this call. */
  modemLines?(done: (lines: ModemLines | 'none') => void): void;
  /** Idempotent. The listener hears nothing more. */
  close(): void;
}
