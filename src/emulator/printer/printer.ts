import type { Clock, Timer } from '../../ports/clock.js';
import type { PrinterProfile } from '../../ports/device.js';
import type { PrinterSite } from '../../ports/faults.js';
import type { Link, LinkListener } from '../../ports/link.js';
import type { Storage } from '../../ports/storage.js';
import { identity } from './answers.js';
import { AutomaticStatus } from './automatic-status.js';
import { Characters } from './interpreter/characters.js';
import { Composer } from './interpreter/composer.js';
import { Device, type Machine } from './interpreter/device.js';
import { Notes, type UnknownBytes, type Warning } from './interpreter/notes.js';
import { Parser } from './interpreter/parser.js';
import type { Condition } from './mechanism/condition.js';
import { LineMarks } from './mechanism/line-marks.js';
import { Mechanism } from './mechanism/mechanism.js';
import { type RealTimeCommand, RealTimeWatch } from './mechanism/real-time.js';
import { ReceiveBuffer } from './mechanism/receive-buffer.js';
import { queuedStatus, realTimeStatus } from './mechanism/status-bytes.js';
import type { LineOperation, PaperOperation } from './paper/operations.js';
import { Paper } from './paper/paper.js';
import type { PaperPiece } from './paper/piece.js';

/** Who watches the printer. Calls come while it works: a listener may use the site, and nothing else of the printer. */
export interface EmulatedPrinterListener {
  /** Something was printed; `inkedDots` tells that the line was cut short. */
  line?(line: LineOperation, piece: PaperPiece): void;
  /** A piece of paper was cut off. */
  cut?(piece: PaperPiece): void;
  /** What the sensors and the error register say has changed. */
  status?(condition: Condition): void;
  /** A drawer kick-out pulse. */
  pulse?(pin: 2 | 5, onMs: number): void;
}

export interface EmulatedPrinterOptions {
  readonly clock: Clock;
  readonly link: Link;
  readonly profile: PrinterProfile;
  /** Where the paper is kept. Default: in memory only. */
  readonly storage?: Storage;
  readonly listener?: EmulatedPrinterListener;
  /** `profile`: printing takes its time. `instant`: none. Default `profile`. */
  readonly timing?: 'profile' | 'instant';
}

export interface PrinterCounters {
  receivedBytes: number;
  sentBytes: number;
  /** Lines that came out whole. */
  lines: number;
  /** Lines that were cut short. */
  partialLines: number;
  cuts: number;
  pulses: number;
}

export interface EmulatedPrinter {
  /** Where faults take hold. */
  readonly site: PrinterSite;
  readonly paper: Paper;
  readonly condition: Condition;
  readonly powered: boolean;
  /** Bytes that no command has, by their offset since switching on; at most 1,000 entries. */
  readonly unknown: readonly UnknownBytes[];
  /** Commands that were understood and are not carried out; at most 1,000 entries. */
  readonly warnings: readonly Warning[];
  readonly counters: Readonly<PrinterCounters>;
  /** Off: what it held and its settings are lost, what arrives is lost, nothing is answered. The paper stays. */
  power(on: boolean): void;
  /** Drawer kick-out connector pin 3, as the drawer sets it. */
  drawerPin(high: boolean): void;
  /** A person tears the paper off: the end of a piece on a printer without a cutter. */
  tear(): void;
  /** Gives the link back and stops. Idempotent. */
  close(): void;
}

/** A link that went away is opened again after so long: a printer waits for its host. */
const REOPEN_MS = 100;

/** An ESC/POS printer at the end of a link, made of interpreter, mechanism and paper. */
export function createEmulatedPrinter(options: EmulatedPrinterOptions): EmulatedPrinter {
  return new Printer(options);
}

class Printer implements EmulatedPrinter, Machine, LinkListener {
  readonly paper: Paper;
  readonly site: PrinterSite;
  readonly counters: PrinterCounters = {
    receivedBytes: 0,
    sentBytes: 0,
    lines: 0,
    partialLines: 0,
    cuts: 0,
    pulses: 0,
  };
  readonly #options: EmulatedPrinterOptions;
  readonly #notes = new Notes();
  readonly #mechanism: Mechanism;
  readonly #device: Device;
  readonly #parser: Parser;
  readonly #watch = new RealTimeWatch();
  readonly #buffer: ReceiveBuffer;
  readonly #status: AutomaticStatus;
  readonly #marks = new LineMarks();
  /** Deliveries that came while it hung. */
  readonly #unheard: Uint8Array[] = [];
  #muted = false;
  #closed = false;
  #parsing = false;
  #linkOpen = false;
  #reading = true;
  #reopening: Timer;

  constructor(options: EmulatedPrinterOptions) {
    this.#options = options;
    const { clock, profile, storage, timing } = options;
    const { dpi, printableDots } = profile.paper;
    this.paper = new Paper({ widthDots: printableDots, dpi, ...(storage === undefined ? {} : { storage }) });
    this.#mechanism = new Mechanism({
      clock,
      dpi,
      speedMmPerS: timing === 'instant' ? Number.POSITIVE_INFINITY : profile.speedMmPerS,
      printed: (operation) => this.#printed(operation),
      changed: () => this.#changed(),
      idle: () => this.#interpret(),
    });
    this.#status = new AutomaticStatus((bytes) => this.reply(bytes));
    const composer = new Composer({
      printableDots,
      dpi,
      cjk: profile.cjk !== 'none',
      cjkAtPowerOn: profile.cjkAtPowerOn ?? false,
      motionUnits: profile.motionUnits ?? { x: dpi, y: dpi },
      characters: new Characters(profile.codePages),
      outlet: this.#mechanism,
      unknown: (offset, bytes) => this.#notes.unknown(offset, bytes),
    });
    this.#device = new Device(this, composer, this.#notes);
    this.#parser = new Parser(this.#device);
    this.#buffer = new ReceiveBuffer(profile.receiveBufferBytes);
    this.site = this.#makeSite();
    options.link.open(this);
  }

  get condition(): Condition {
    return this.#mechanism.condition;
  }

  get powered(): boolean {
    return this.#mechanism.powered;
  }

  get unknown(): readonly UnknownBytes[] {
    return this.#notes.unknownBytes;
  }

  get warnings(): readonly Warning[] {
    return this.#notes.warnings;
  }

  power(on: boolean): void {
    if (this.#closed || on === this.powered) return;
    this.#mechanism.power(on);
    this.#buffer.reset();
    this.#unheard.length = 0;
    this.#parser.reset();
    this.#watch.reset();
    this.#device.reset();
    this.#flow();
  }

  drawerPin(high: boolean): void {
    this.#mechanism.drawerPin(high);
  }

  tear(): void {
    const piece = this.paper.current;
    if (piece === undefined) return;
    const at = this.#buffer.offset;
    this.#printed({ op: 'cut', from: at, to: at, kind: 'torn' });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.clock.clearTimeout(this.#reopening);
    this.#mechanism.close();
    this.#options.link.close();
  }

  // What the link tells.

  opened(): void {
    this.#linkOpen = true;
    this.#reading = true;
    this.#flow();
  }

  received(bytes: Uint8Array): void {
    if (this.#closed || !this.powered) return;
    this.counters.receivedBytes += bytes.length;
    if (this.#mechanism.hung) this.#unheard.push(bytes);
    else this.#take(bytes);
  }

  drained(): void {}

  lost(): void {
    this.#linkOpen = false;
    if (this.#closed) return;
    this.#reopening = this.#options.clock.setTimeout(() => this.#options.link.open(this), REOPEN_MS);
  }

  // What commands ask for.

  get busy(): boolean {
    return this.#mechanism.busy;
  }

  submit(operation: PaperOperation): void {
    this.#mechanism.submit(operation);
  }

  pulse(pin: 2 | 5, onMs: number): void {
    this.counters.pulses++;
    this.#options.listener?.pulse?.(pin, onMs);
  }

  reply(bytes: Uint8Array): void {
    if (this.#muted || this.#mechanism.hung || !this.powered || this.#closed) return;
    this.counters.sentBytes += bytes.length;
    this.#options.link.write(bytes);
  }

  statusReply(n: number): Uint8Array | undefined {
    const status = queuedStatus(n, this.condition);
    return status === undefined ? undefined : Uint8Array.of(status);
  }

  identityReply(n: number): Uint8Array | undefined {
    return identity(n, this.#options.profile);
  }

  sendStatusBack(mask: number): void {
    this.#status.enable(mask, this.condition);
  }

  get headToCutterDots(): number {
    const { headToCutterMm = 0, paper } = this.#options.profile;
    return Math.round((headToCutterMm * paper.dpi) / 25.4);
  }

  get cutter(): boolean {
    return this.#options.profile.cutter;
  }

  get answersProcessId(): boolean {
    return this.#options.profile.checkpoint === 'GS ( H';
  }

  /**
   * Real-time commands are carried out where they stand: what came before them is interpreted first, as far as the
   * mechanism lets it, so that it makes no difference how the line cuts the stream.
   */
  #take(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      const { at: to, command } = this.#watch.next(bytes, at);
      this.#buffer.append(bytes, at, to);
      this.#interpret();
      if (command !== undefined) this.#obey(command);
      at = to;
    }
    this.#flow();
  }

  #interpret(): void {
    if (this.#parsing) return; // Called from a listener of what is being interpreted.
    this.#parsing = true;
    if (!this.busy && this.#buffer.length > 0) {
      this.#buffer.consume((buffered, start, end, base) => this.#parser.parse(buffered, start, end, base));
    }
    this.#parsing = false;
    this.#flow();
  }

  #obey(command: RealTimeCommand): void {
    switch (command.kind) {
      case 'status': {
        const status = realTimeStatus(command.n, this.condition);
        if (status !== undefined) this.reply(Uint8Array.of(status));
        break;
      }
      case 'request':
        if (command.n === 0 || !this.condition.mechanicalError) break; // 0 is the feed button, for macros.
        if (command.n === 2) this.#clearBuffers();
        this.#mechanism.recover();
        break;
      case 'pulse':
        this.pulse(command.m === 0 ? 2 : 5, command.t * 100);
        break;
      case 'power-off':
        this.reply(Uint8Array.of(0x3b, 0x30, 0x00));
        break;
      case 'clear':
        this.#clearBuffers();
        this.#mechanism.recover();
        this.reply(Uint8Array.of(0x37, 0x25, 0x00));
    }
  }

  /** Receive buffer and print buffer, and the command that was under way; settings stay. */
  #clearBuffers(): void {
    this.#buffer.clear();
    this.#parser.reset();
    this.#device.clear();
    this.#mechanism.clear();
  }

  #printed(operation: PaperOperation): void {
    const piece = this.paper.append(operation);
    const { listener } = this.#options;
    if (operation.op === 'cut') {
      this.counters.cuts++;
      listener?.cut?.(piece);
    } else if (operation.op === 'line') {
      const whole = operation.inkedDots === undefined;
      if (whole) this.counters.lines++;
      else this.counters.partialLines++;
      listener?.line?.(operation, piece);
      if (whole) this.#marks.pass();
    }
  }

  #changed(): void {
    if (!this.#mechanism.hung) this.#status.changed(this.condition);
    this.#options.listener?.status?.(this.condition);
  }

  /** Stops the line while the buffer is full or the printer is dead, so that the host feels it. */
  #flow(): void {
    const stopped = this.#mechanism.hung || (this.#reading ? this.#buffer.isFull : !this.#buffer.hasRoom);
    if (stopped === !this.#reading || !this.#linkOpen) return;
    this.#reading = !stopped;
    this.#options.link.reading(this.#reading);
  }

  #hang(on: boolean): void {
    this.#mechanism.hang(on);
    this.#flow();
    while (!this.#mechanism.hung) {
      const bytes = this.#unheard.shift();
      if (bytes === undefined) break;
      this.#take(bytes);
    }
    if (!on) this.#status.changed(this.condition);
  }

  #makeSite(): PrinterSite {
    return {
      jam: (on) => this.#mechanism.jam(on),
      paperOut: (on) => this.#mechanism.paperOut(on),
      coverOpen: (on) => this.#mechanism.coverOpen(on),
      mute: (on) => {
        this.#muted = on;
      },
      hang: (on) => this.#hang(on),
      afterLines: (lines, run) => this.#marks.after(lines, run),
    };
  }
}
