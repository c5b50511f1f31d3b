import type { EmulatedPlatform } from '../emulator/platform/platform.js';
import type { EmulatedPrinter } from '../emulator/printer/printer.js';
import { FaultBoard } from '../faults/board.js';
import type { Acquirer, Wallet } from '../ports/acquirer.js';
import type { Clock } from '../ports/clock.js';
import type { PrinterProfile } from '../ports/device.js';
import type { DigitalTickets } from '../ports/digital.js';
import type { FaultSites } from '../ports/faults.js';
import type { GlyphSource } from '../ports/glyphs.js';
import type { Printer } from '../ports/printer.js';
import type { Random } from '../ports/random.js';
import type { Scanner } from '../ports/scanner.js';
import type { Storage } from '../ports/storage.js';
import type { BootDevice } from '../terminal/journal/record.js';
import { Terminal, type TerminalOptions, type TerminalWatcher } from '../terminal/terminal.js';
import { People } from './people.js';

/** What a world is made of, on real or on simulated ground. */
export interface WorldParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly options: TerminalOptions;
  readonly profile: PrinterProfile;
  readonly acquirers: Partial<Record<Wallet, Acquirer>>;
  readonly digital?: DigitalTickets;
  readonly scanner?: Scanner;
  /** The journal's storage for the boot that comes; `powerCut` says that the one before lost its power. */
  openJournal(powerCut: boolean): Storage;
  /** A fresh driver on the printer's link, for each boot. */
  openPrinter(): Printer;
  readonly emulatedPrinter?: EmulatedPrinter;
  /** Draws the characters in pictures of the emulated printer's paper. */
  readonly glyphs: GlyphSource;
  readonly platform?: EmulatedPlatform;
  readonly sites: FaultSites;
}

/**
 * A terminal with all that is around it. The terminal boots and dies; printer, platform and faults outlive it, as they
 * do in a shop.
 */
export class World {
  readonly #parts: WorldParts;
  readonly #watchers = new Set<TerminalWatcher>();
  readonly faults: FaultBoard;
  readonly people: People;
  #printer: Printer;
  #storage: Storage;
  #terminal: Terminal;

  constructor(parts: WorldParts) {
    this.#parts = parts;
    const { clock, platform } = parts;
    this.people = new People({ clock, platform, terminal: () => this.#terminal });
    this.faults = new FaultBoard({ sites: { ...parts.sites, scanner: this.people.scanner }, clock });
    this.#storage = parts.openJournal(false);
    this.#printer = parts.openPrinter();
    this.#terminal = this.#make();
  }

  /** Boots the terminal: to be called once, when the watchers are there. */
  start(): this {
    this.#terminal.start();
    return this;
  }

  get clock(): Clock {
    return this.#parts.clock;
  }

  get profile(): PrinterProfile {
    return this.#parts.profile;
  }

  get terminal(): Terminal {
    return this.#terminal;
  }

  /** The terminal's driver, for its status. */
  get printer(): Printer {
    return this.#printer;
  }

  get emulatedPrinter(): EmulatedPrinter | undefined {
    return this.#parts.emulatedPrinter;
  }

  get platform(): EmulatedPlatform | undefined {
    return this.#parts.platform;
  }

  get glyphs(): GlyphSource {
    return this.#parts.glyphs;
  }

  /** Hears the terminal over all its boots. */
  watch(watcher: TerminalWatcher): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** The power of the terminal goes and comes back: what was not in the journal is forgotten. */
  powerCut(): void {
    this.#terminal.stop();
    this.#printer.close();
    this.#storage = this.#parts.openJournal(true);
    this.#printer = this.#parts.openPrinter();
    this.#terminal = this.#make().start();
  }

  /** Ends everything. What the journal has acknowledged is kept. */
  close(): void {
    this.faults.clearAll();
    this.#terminal.stop();
    this.#printer.close();
    this.#parts.emulatedPrinter?.close();
    this.#parts.platform?.close();
    this.#storage.close();
  }

  #make(): Terminal {
    const { clock, random, acquirers, digital, scanner, options, profile } = this.#parts;
    const terminal = new Terminal(
      {
        clock,
        random,
        storage: this.#storage,
        acquirers,
        printer: this.#printer,
        display: { show: (screen) => this.#tell((watcher) => watcher.screen?.(screen)) },
        ...(digital === undefined ? {} : { digital }),
        ...(scanner === undefined ? {} : { scanner }),
      },
      { ...(profile.cjk === 'none' ? inEnglish(options) : options), device: bootDevice(profile) },
    );
    terminal.watch({
      record: (record) => this.#tell((watcher) => watcher.record?.(record)),
      sale: (facts) => this.#tell((watcher) => watcher.sale?.(facts)),
      failed: (error) => this.#tell((watcher) => watcher.failed?.(error)),
    });
    return terminal;
  }

  #tell(each: (watcher: TerminalWatcher) => void): void {
    for (const watcher of this.#watchers) each(watcher);
  }
}

/** What the journal says of the printer: a verdict needs to know how it inks. */
function bootDevice({ id, ribbon }: PrinterProfile): BootDevice {
  if (ribbon === undefined) return { id, technology: 'thermal' };
  return { id, technology: 'impact', ribbonSensor: ribbon.sensor };
}

/** A printer without Chinese would print a row of question marks for it. */
function inEnglish(options: TerminalOptions): TerminalOptions {
  const { policy } = options;
  return { ...options, policy: { ...policy, ticket: { ...policy.ticket, lang: 'en' } } };
}
