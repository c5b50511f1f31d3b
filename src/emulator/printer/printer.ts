import type { PrinterSite } from '../../ports/faults.js';
import { identity, oneByte } from './answers.js';
import type { EmulatedPrinter, EmulatedPrinterListener, EmulatedPrinterOptions, PrinterCounters } from './api.js';
import { AutomaticStatus } from './automatic-status.js';
import { FlowControl } from './flow-control.js';
import { HostPort } from './host-port.js';
import { Characters } from './interpreter/characters.js';
import { Composer } from './interpreter/composer.js';
import { Device, type Machine } from './interpreter/device.js';
import { Notes, type UnknownBytes, type Warning } from './interpreter/notes.js';
import { NvMemory } from './interpreter/nv-memory.js';
import { Parser } from './interpreter/parser.js';
import { requireEmulated } from './language.js';
import type { Condition } from './mechanism/condition.js';
import { LineMarks } from './mechanism/line-marks.js';
import { Mechanism } from './mechanism/mechanism.js';
import type { PaperOperation } from './paper/operations.js';
import { Paper } from './paper/paper.js';
import { RealTimeControl } from './real-time-control.js';
import { Reception } from './reception.js';
import { printerSite } from './site.js';
import { StatusReport } from './status-report.js';

export type * from './api.js';

/** An ESC/POS printer at the end of a link, made of interpreter, mechanism and paper. Throws `PJ_NOT_EMULATED`. */
export function createEmulatedPrinter(options: EmulatedPrinterOptions): EmulatedPrinter {
  requireEmulated(options.profile);
  return new Printer(options);
}

class Printer implements EmulatedPrinter, Machine {
  readonly paper: Paper;
  readonly site: PrinterSite;
  readonly #counts = { lines: 0, partialLines: 0, cuts: 0, pulses: 0, beeps: 0 };
  readonly #options: EmulatedPrinterOptions;
  readonly #notes = new Notes();
  readonly #mechanism: Mechanism;
  readonly #device: Device;
  readonly #reception: Reception;
  readonly #report: StatusReport;
  readonly #status: AutomaticStatus;
  readonly #control: RealTimeControl;
  readonly #marks = new LineMarks();
  readonly #watchers = new Set<EmulatedPrinterListener>();
  readonly #port: HostPort;
  readonly #flowControl: FlowControl;
  #muted = false;
  #buttons = true;

  constructor(options: EmulatedPrinterOptions) {
    this.#options = options;
    const { clock, link, profile, storage, timing, listener } = options;
    if (listener !== undefined) this.#watchers.add(listener);
    const { dpi, printableDots } = profile.paper;
    this.paper = new Paper({ widthDots: printableDots, dpi, ...(storage === undefined ? {} : { storage }) });
    this.#mechanism = new Mechanism({
      clock,
      dpi,
      speedMmPerS: timing === 'instant' ? Number.POSITIVE_INFINITY : profile.speedMmPerS,
      ...(profile.ribbon === undefined ? { headDots: printableDots } : {}),
      ...(profile.nearEndMm === undefined ? {} : { nearEndMm: profile.nearEndMm }),
      ...(profile.paperEndAt === undefined ? {} : { paperEndAt: profile.paperEndAt }),
      printed: (operation) => this.#printed(operation),
      changed: () => this.#changed(),
      idle: () => this.#goOn(),
    });
    this.#report = new StatusReport(profile);
    this.#status = new AutomaticStatus(this.#report, (bytes) => this.reply(bytes));
    this.#control = new RealTimeControl({
      mechanism: this.#mechanism,
      clearsBuffer: profile.clearsBuffer,
      reply: (bytes) => this.reply(bytes),
      status: (n) => this.#report.realTime(n, this.condition),
      pulse: (pin, onMs) => this.pulse(pin, onMs),
      clearBuffers: () => this.#clearBuffers(),
      powerOff: () => this.power(false),
    });
    const composer = new Composer({
      printableDots,
      dpi,
      cjk: profile.cjk,
      cjkAtPowerOn: profile.cjkAtPowerOn ?? false,
      motionUnits: profile.motionUnits ?? { x: dpi, y: dpi },
      pageDots: profile.memory?.pageDots ?? 1_662, // Where the profile does not say it.
      colours: profile.colours ?? 1,
      characters: new Characters(profile.codePages),
      outlet: this.#mechanism,
      unknown: (offset, bytes) => this.#device.unknown(offset, bytes),
      pageFull: () => this.#notes.warn(this.#device.from, 'page mode: the page is full'),
    });
    this.#device = new Device(this, composer, this.#notes, {
      nv: new NvMemory(profile.memory, options.nvStorage),
      downloadBytes: profile.memory?.downloadBytes,
      macroBytes: profile.memory?.macroBytes,
    });
    this.#reception = new Reception({
      capacityBytes: profile.receiveBufferBytes,
      parser: new Parser(this.#device),
      powered: () => this.#mechanism.powered,
      hung: () => this.#mechanism.hung,
      busy: () => this.#mechanism.busy,
      obey: (command) => this.#control.obey(command),
      drops: profile.overrun === 'dropped',
    });
    this.site = printerSite(this.#mechanism, profile, {
      power: (on) => this.power(on),
      mute: (on) => {
        this.#muted = on;
      },
      hang: (on) => this.#hang(on),
      feedButton: (down) => this.feedButton(down),
      drawerPin: (high) => this.drawerPin(high),
      wrongCodePage: (encoding) => this.#device.typesetter.takeFor(encoding),
      afterLines: (lines, run) => this.#marks.after(lines, run),
    });
    this.#port = new HostPort({
      clock,
      link,
      received: (bytes) => {
        this.#reception.take(bytes);
        this.#flow();
      },
      opened: () => this.#flow(),
    });
    this.#flowControl = new FlowControl(this.#port, this.#mechanism, this.#reception, profile);
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
    return { receivedBytes, sentBytes, ...this.#counts, droppedBytes: this.#reception.droppedBytes };
  }

  get takenBytes(): number {
    return this.#reception.takenBytes;
  }

  watch(listener: EmulatedPrinterListener): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  power(on: boolean): void {
    if (on === this.powered) return;
    this.#mechanism.power(on);
    this.#reception.reset();
    this.#device.restart();
    this.#control.reset();
    if (on) this.#flowControl.start();
    this.#flow();
  }

  drawerPin(high: boolean): void {
    this.#mechanism.sense({ drawerHigh: high });
  }

  feedButton(down: boolean): void {
    if (!down || this.#buttons || this.#mechanism.pause.on) this.#mechanism.feedButton(down);
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

  initialized(from: number): void {
    for (const watcher of this.#watchers) watcher.initialized?.(from);
  }

  pulse(pin: 2 | 5, onMs: number): void {
    this.#counts.pulses++;
    for (const watcher of this.#watchers) watcher.pulse?.(pin, onMs);
  }

  reply(bytes: Uint8Array): void {
    if (!this.#muted && !this.#mechanism.hung && this.powered) this.#port.send(bytes);
  }

  statusReply(n: number): Uint8Array | undefined {
    const status = this.#report.queued(n, this.condition);
    return status === undefined ? undefined : oneByte(status);
  }

  identityReply(n: number): Uint8Array | undefined {
    const { profile } = this.#options;
    return profile.status?.answersIdentity === false ? undefined : identity(n, profile);
  }

  sendStatusBack(mask: number): void {
    this.#status.enable(mask, this.condition);
  }

  beep(times: number): void {
    this.#counts.beeps += times;
  }

  pause(ms: number, untilButton: boolean): void {
    this.#mechanism.pause.begin(this.#options.timing === 'instant' ? 0 : ms, untilButton);
  }

  enableRealTime(fn: number, on: boolean): void {
    this.#control.enable(fn, on);
  }

  stopAtNearEnd(on: boolean): void {
    this.#mechanism.roll.stopAtNearEnd(on);
  }

  panelButtons(on: boolean): void {
    this.#buttons = on;
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

  /** Receive buffer and print buffer, and the command that was under way; settings stay. */
  #clearBuffers(): void {
    this.#reception.clear();
    this.#device.clear();
    this.#mechanism.clear();
  }

  #printed(operation: PaperOperation): void {
    const piece = this.paper.append(operation);
    if (operation.op === 'cut') {
      this.#counts.cuts++;
      for (const watcher of this.#watchers) watcher.cut?.(piece);
    } else if (operation.op === 'line') {
      const whole = operation.inkedDots === undefined;
      if (whole) this.#counts.lines++;
      else this.#counts.partialLines++;
      for (const watcher of this.#watchers) watcher.line?.(operation, piece);
      if (whole) this.#marks.pass();
    }
  }

  #changed(): void {
    if (!this.#mechanism.hung) this.#status.changed(this.condition);
    if (this.#options.profile.busyWhen === 'full or offline') this.#flow();
    for (const watcher of this.#watchers) watcher.status?.(this.condition);
  }

  #flow(): void {
    this.#flowControl.update();
  }

  #hang(on: boolean): void {
    this.#mechanism.hang(on);
    this.#reception.resume();
    this.#flow();
    if (!on) this.#status.changed(this.condition);
  }
}
