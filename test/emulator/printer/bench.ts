import iconv from 'iconv-lite';
import {
  createEmulatedPrinter,
  type EmulatedPrinter,
  type EmulatedPrinterOptions,
} from '../../../src/emulator/printer/printer.js';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import type { PrinterProfile } from '../../../src/ports/device.js';
import type { Link, LinkListener } from '../../../src/ports/link.js';

/** 8 dots a millimetre make times easy to follow: a line of text with its spacing is 3.75 mm. */
export const PROFILE: PrinterProfile = {
  id: 'bench-80',
  maker: 'BENCH',
  model: 'B-80',
  paper: { widthMm: 80, printableDots: 576, dpi: 203.2 },
  columns: 48,
  speedMmPerS: 100,
  receiveBufferBytes: 4096,
  baud: 115_200,
  cjk: 'gb18030',
  checkpoint: 'GS ( H',
  clearsBuffer: true,
  cutter: true,
};

/** A line of text, 24 dots and 6 dots of spacing, at 100 mm/s. */
export const LINE_MS = 37.5;

/** The printer's end of a cable, held in the hand. */
export class HandLink implements Link {
  readonly address = 'hand';
  readonly pendingBytes = 0;
  listener: LinkListener | undefined;
  opens = 0;
  isReading = true;
  readonly sent: number[] = [];

  open(listener: LinkListener): void {
    this.opens++;
    this.listener = listener;
  }

  write(bytes: Uint8Array): void {
    this.sent.push(...bytes);
  }

  reading(on: boolean): void {
    this.isReading = on;
  }

  close(): void {
    this.listener = undefined;
  }
}

/** Text is taken as it stands; numbers are bytes. */
export type Piece = string | number | Uint8Array;

/** `ab 0a` or text: strings are encoded as GB18030. */
export function stream(...pieces: readonly Piece[]): Buffer {
  return Buffer.concat(
    pieces.map((piece) =>
      typeof piece === 'string'
        ? iconv.encode(piece, 'gb18030')
        : typeof piece === 'number'
          ? Buffer.from([piece])
          : Buffer.from(piece),
    ),
  );
}

export function hex(text: string): Buffer {
  return Buffer.from(text.replaceAll(' ', ''), 'hex');
}

/** A printer on the bench: bytes in, answers out, and a clock to turn. */
export class Bench {
  readonly clock = new VirtualClock();
  readonly link = new HandLink();
  readonly printer: EmulatedPrinter;

  constructor(options: Partial<Omit<EmulatedPrinterOptions, 'profile'>> & { profile?: Partial<PrinterProfile> } = {}) {
    const { profile, ...others } = options;
    this.printer = createEmulatedPrinter({
      clock: this.clock,
      link: this.link,
      profile: { ...PROFILE, ...profile },
      ...others,
    });
    this.link.listener?.opened();
  }

  /** Bytes that arrive at once. */
  send(...pieces: readonly Piece[]): this {
    this.link.listener?.received(new Uint8Array(stream(...pieces)));
    return this;
  }

  /** What the printer has answered since the last time, in hex. */
  answers(): string {
    return Buffer.from(this.link.sent.splice(0)).toString('hex');
  }

  /** Asks and takes the answer. */
  ask(bytes: string): string {
    this.answers();
    this.send(hex(bytes));
    return this.answers();
  }

  /** Until nothing is under way. */
  finish(): this {
    while (this.clock.step());
    return this;
  }

  get lines(): string[] {
    return this.printer.paper.pieces.flatMap((piece) => [...piece.lines]);
  }
}

/** A printer that prints as fast as it is told. */
export function instantBench(profile: Partial<PrinterProfile> = {}): Bench {
  return new Bench({ timing: 'instant', profile });
}
