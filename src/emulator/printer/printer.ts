import type { PrinterSite } from '../../ports/faults.js';
import { identity } from './answers.js';
import type { EmulatedPrinter, EmulatedPrinterOptions, PrinterCounters } from './api.js';
import { AutomaticStatus } from './automatic-status.js';
import { HostPort } from './host-port.js';
import { Characters } from './interpreter/characters.js';
import { Composer } from './interpreter/composer.js';
import { Device, type Machine } from './interpreter/device.js';
import { Notes, type UnknownBytes, type Warning } from './interpreter/notes.js';
import { Parser } from './interpreter/parser.js';
import type { Condition } from './mechanism/condition.js';
import { LineMarks } from './mechanism/line-marks.js';
import { Mechanism } from './mechanism/mechanism.js';
import type { RealTimeCommand } from './mechanism/real-time.js';
import { queuedStatus, realTimeStatus } from './mechanism/status-bytes.js';
import type { PaperOperation } from './paper/operations.js';
import { Paper } from './paper/paper.js';
import { Reception } from './reception.js';

export type * from './api.js';

/** An ESC/POS printer at the end of a link, made of interpreter, mechanism and paper. */
export function createEmulatedPrinter(options: EmulatedPrinterOptions): EmulatedPrinter {
  return new Printer(options);
}

class Printer implements EmulatedPrinter, Machine {
  readonly paper: Paper;
  readonly site: PrinterSite;
  readonly #counts = { lines: 0, partialLines: 0, cuts: 0, pulses: 0 };
  readonly #options: EmulatedPrinterOptions;
  readonly #notes = new Notes();
  readonly #mechanism: Mechanism;
  readonly #device: Device;
  readonly #reception: Reception;
  readonly #status: AutomaticStatus;
  readonly #marks = new LineMarks();
  readonly #port: HostPort;
  #muted = false;

  constructor(options: EmulatedPrinterOptions) {
    this.#options = options;
    const { clock, link, profile, storage, timing } = options;
    const { dpi, printableDots } = profile.paper;
    this.paper = new Paper({ widthDots: printableDots, dpi, ...(storage === undefined ? {} : { storage }) });
    this.#mechanism = new Mechanism({
      clock,
      dpi,
      speedMmPerS: timing === 'instant' ? Number.POSITIVE_INFINITY : profile.speedMmPerS,
      printed: (operation) => this.#printed(operation),
      changed: () => this.#changed(),
      idle: () => this.#goOn(),
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
    this.#reception = new Reception({
      capacityBytes: profile.receiveBufferBytes,
      parser: new Parser(this.#device),
      powered: () => this.#mechanism.powered,
      hung: () => this.#mechanism.hung,
      busy: () => this.#mechanism.busy,
      obey: (command) => this.#obey(command),
    });
    this.site = this.#makeSite();
    this.#port = new HostPort({
      clock,
      link,
      received: (bytes) => {
        this.#reception.take(bytes);
        this.#flow();
      },
      opened: () => this.#flow(),
    });
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

  get counters(): PrinterCounters {
    const { receivedBytes, sentBytes } = this.#port;
    return { receivedBytes, sentBytes, ...this.#counts };
  }

  power(on: boolean): void {
    if (on === this.powered) return;
    this.#mechanism.power(on);
    this.#reception.reset();
    this.#device.reset();
    this.#flow();
  }

  drawerPin(high: boolean): void {
    this.#mechanism.drawerPin(high);
  }

  tear(): void {
    if (this.paper.current === undefined) return;
    const at = this.#reception.offset;
    this.#printed({ op: 'cut', from: at, to: at, kind: 'torn' });
  }

  close(): void {
    this.#mechanism.close();
    this.#port.close();
  }

  // What commands ask for.

  get busy(): boolean {
    return this.#mechanism.busy;
  }

  submit(operation: PaperOperation): void {
    this.#mechanism.submit(operation);
  }

  pulse(pin: 2 | 5, onMs: number): void {
    this.#counts.pulses++;
    this.#options.listener?.pulse?.(pin, onMs);
  }

  reply(bytes: Uint8Array): void {
    if (!this.#muted && !this.#mechanism.hung && this.powered) this.#port.send(bytes);
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

  #goOn(): void {
    this.#reception.interpret();
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
        if (!this.#options.profile.clearsBuffer) break;
        this.#clearBuffers();
        this.#mechanism.recover();
        this.reply(Uint8Array.of(0x37, 0x25, 0x00));
    }
  }

  /** Receive buffer and print buffer, and the command that was under way; settings stay. */
  #clearBuffers(): void {
    this.#reception.clear();
    this.#device.clear();
    this.#mechanism.clear();
  }

  #printed(operation: PaperOperation): void {
    const piece = this.paper.append(operation);
    const { listener } = this.#options;
    if (operation.op === 'cut') {
      this.#counts.cuts++;
      listener?.cut?.(piece);
    } else if (operation.op === 'line') {
      const whole = operation.inkedDots === undefined;
      if (whole) this.#counts.lines++;
      else this.#counts.partialLines++;
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
    this.#port.read(!this.#mechanism.hung && !this.#reception.full(!this.#port.reading));
  }

  #hang(on: boolean): void {
    this.#mechanism.hang(on);
    this.#reception.resume();
    this.#flow();
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
