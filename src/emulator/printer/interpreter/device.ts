import type { PaperOperation } from '../paper/operations.js';
import type { Composer } from './composer.js';
import type { Notes } from './notes.js';

/** What commands can ask of the rest of the printer. */
export interface Machine {
  /** Nothing more may be taken from the stream now: a line is being printed, or the printer is offline. */
  readonly busy: boolean;
  submit(operation: PaperOperation): void;
  /** A drawer kick-out pulse at pin 2 or 5. */
  pulse(pin: 2 | 5, onMs: number): void;
  /** Sends an answer to the host. */
  reply(bytes: Uint8Array): void;
  /** Answers of status commands, from the state of the mechanism now. */
  statusReply(n: number): Uint8Array | undefined;
  identityReply(n: number): Uint8Array | undefined;
  /** `GS a n`: which changes of status are sent without being asked for. */
  sendStatusBack(mask: number): void;
  /** Millimetres from head to cutter, as dots. */
  readonly headToCutterDots: number;
  readonly cutter: boolean;
  /** `GS ( H` is one of its commands. */
  readonly answersProcessId: boolean;
}

/** What `GS ( k` keeps between its functions. */
export interface QrSettings {
  moduleDots: number;
  level: 'L' | 'M' | 'Q' | 'H';
  /** The symbol storage area, one character for each byte; `undefined` before anything was stored. */
  data: string | undefined;
}

/** A picture that was sent and waits to be printed. */
export interface StoredPicture {
  readonly widthDots: number;
  readonly heightDots: number;
  readonly scaleX: number;
  readonly scaleY: number;
  readonly rows: Uint8Array;
}

export function newQrSettings(): QrSettings {
  return { moduleDots: 3, level: 'L', data: undefined };
}

/** The printer as its commands see it: its memory, and the machine behind it. */
export class Device {
  readonly machine: Machine;
  readonly composer: Composer;
  readonly notes: Notes;
  qr: QrSettings = newQrSettings();
  /** Graphics in the print buffer (`GS ( L` <Function 112>). */
  graphics: StoredPicture | undefined;
  /** The downloaded bit image (`GS *`). */
  download: StoredPicture | undefined;
  /** `ESC =`: while `false`, everything but `ESC =` and the real-time commands is ignored. */
  selected = true;
  /** Offsets of the command that is being carried out: its first byte, and the byte behind it. */
  from = 0;
  to = 0;

  constructor(machine: Machine, composer: Composer, notes: Notes) {
    this.machine = machine;
    this.composer = composer;
    this.notes = notes;
  }

  get busy(): boolean {
    return this.machine.busy;
  }

  /** `ESC @`, and switching on. */
  reset(): void {
    this.composer.reset();
    this.qr = newQrSettings();
    this.graphics = undefined;
    this.download = undefined;
    this.selected = true;
    this.machine.sendStatusBack(0);
  }

  /** Clears the print buffer, and keeps all settings (`DLE ENQ 2`, `DLE DC4 8`). */
  clear(): void {
    this.composer.clear();
    this.graphics = undefined;
  }

  text(bytes: Buffer, start: number, end: number, base: number, closed: boolean): number {
    return this.selected ? this.composer.text(bytes, start, end, base, closed) : end;
  }

  unknown(offset: number, bytes: Uint8Array): void {
    this.notes.unknown(offset, bytes);
  }

  /** A command that came from these bytes is carried out next. */
  at(from: number, to: number): void {
    this.from = from;
    this.to = to;
    this.composer.commandFrom = from;
  }
}
