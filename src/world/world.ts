import type { KeyObject } from 'node:crypto';
import type { NoticeDoor } from '../acquirer/alipay/notice-door.js';
import type { SignedTickets } from '../digital/tickets.js';
import type { EmulatedPlatform } from '../emulator/platform/platform.js';
import type { EmulatedPrinter } from '../emulator/printer/printer.js';
import { FaultBoard } from '../faults/board.js';
import { ShiftedClock } from '../ground/shifted-clock.js';
import type { Acquirer, Wallet } from '../ports/acquirer.js';
import type { Clock, Timer } from '../ports/clock.js';
import type { PrinterProfile } from '../ports/device.js';
import type { EventCount, FaultSites, Moments, PowerCut, Undo } from '../ports/faults.js';
import type { GlyphSource } from '../ports/glyphs.js';
import type { Printer } from '../ports/printer.js';
import type { Random } from '../ports/random.js';
import type { Scanner } from '../ports/scanner.js';
import type { RottingStorage } from '../ports/storage.js';
import type { Merchant } from '../terminal/context.js';
import { Terminal, type TerminalOptions } from '../terminal/terminal.js';
import { walletsOf } from '../terminal/terminal-input.js';
import { type WorldWatcher, watchedAcquirer, watchedPrinter } from './leaving.js';
import { Listeners } from './listeners.js';
import type { SaleMaterial } from './material.js';
import { WorldMoments } from './moments.js';
import { People, type PeopleParts } from './people.js';
import { rotAt } from './rot.js';
import { terminalSite } from './terminal-site.js';
import { Tills } from './tills.js';
import { openAgain } from './unreadable-storage.js';
import { type Disk, WatchedStorage } from './watched-storage.js';
import { withPrinter } from './with-printer.js';

/** What a world is made of, on real or on simulated ground. */
export interface WorldParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly options: TerminalOptions;
  readonly profile: PrinterProfile;
  readonly acquirers: Partial<Record<Wallet, Acquirer>>;
  readonly scanner?: Scanner;
  /** The journal's storage for the boot that comes; `powerCut` says how the one before lost its power. */
  openJournal(powerCut: PowerCut | undefined): RottingStorage;
  /** A fresh driver on the printer's link, for each boot. */
  openPrinter(): Printer;
  readonly emulatedPrinter?: EmulatedPrinter;
  /** Draws the characters in pictures of the emulated printer's paper. */
  readonly glyphs: GlyphSource;
  readonly platform?: EmulatedPlatform;
  /** Codes of customers of an emulated platform elsewhere. */
  readonly codeElsewhere?: PeopleParts['codeElsewhere'];
  /** Where the platform's notices come in from outside; absent when none do. */
  readonly notices?: NoticeDoor;
  /** Signs digital tickets. */
  readonly digital: SignedTickets;
  /** The terminal's own Ed25519 key, by which it signs. */
  readonly key: () => KeyObject;
  /** What is kept about a sale, for evidence. */
  material(saleId: string): SaleMaterial;
  readonly sites: FaultSites;
  /** Absent where time is not virtual. */
  readonly events?: EventCount;
  /** What is wanting in places of faults that this world does not have, in words. */
  readonly wanting?: Partial<Record<keyof FaultSites, string>>;
}

/**
 * A terminal with all that is around it. The terminal boots and dies; printer, platform and faults outlive it, as they
 * do in a shop.
 */
export class World {
  readonly #parts: WorldParts;
  readonly #listeners: Listeners;
  readonly faults: FaultBoard;
  readonly people: People;
  readonly #moments = new WorldMoments();
  readonly tills = new Tills(this.#moments.tell);
  /** The same for each boot. */
  readonly #options: TerminalOptions;
  /** The terminal's clock and disk: they outlive its boots, and are right or wrong as they are. */
  readonly #clock: ShiftedClock;
  readonly #disk: Disk = { full: false };
  /** While the power is off: when it comes back. */
  #off: Timer | undefined;
  #printer: Printer;
  #flash: RottingStorage;
  #storage: WatchedStorage;
  #terminal: Terminal;

  constructor(parts: WorldParts) {
    this.#parts = parts;
    const { clock, events, platform, codeElsewhere, random, options, profile, wanting = {} } = parts;
    this.#options = withPrinter(options, profile);
    this.#clock = new ShiftedClock(clock);
    this.people = new People({ clock, platform, codeElsewhere, terminal: () => this.#terminal });
    const { scanner, customer, operator } = this.people;
    const terminal = terminalSite({
      clock: this.#clock,
      disk: this.#disk,
      storage: () => this.#flash,
      powerOff: (forMs, cut) => this.powerOff(forMs, cut),
      forgets: parts.events !== undefined,
    });
    const sites = { ...parts.sites, scanner, customer, operator, terminal, tills: this.tills.site };
    const moments = this.#moments;
    this.faults = new FaultBoard({ sites, clock, moments, events, random: random.fork('faults'), wanting });
    this.#flash = parts.openJournal(undefined);
    this.#storage = this.#watched();
    this.#printer = parts.openPrinter();
    this.#terminal = this.#make('refuse');
    this.#listeners = new Listeners(this.#terminal.opened);
  }

  /** Boots the terminal: to be called once, when the watchers are there. */
  start(): this {
    this.#parts.scanner?.watch((code) => this.people.show(code));
    this.#terminal.start();
    return this;
  }

  get clock(): Clock {
    return this.#parts.clock;
  }

  /** Whose terminal it is, and its number. */
  get merchant(): Merchant {
    return this.#parts.options.merchant;
  }

  get random(): Random {
    return this.#parts.random;
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

  /** What the terminal goes through, over all its boots: the moments at which faults can begin. */
  get moments(): Moments {
    return this.#moments;
  }

  get notices(): NoticeDoor | undefined {
    return this.#parts.notices;
  }

  get glyphs(): GlyphSource {
    return this.#parts.glyphs;
  }

  get digital(): SignedTickets {
    return this.#parts.digital;
  }

  /** The terminal's own Ed25519 key, by which it signs. */
  get key(): KeyObject {
    return this.#parts.key();
  }

  /** What is kept about a sale, for evidence. */
  material(saleId: string): SaleMaterial {
    return this.#parts.material(saleId);
  }

  /** Hears the terminal over all its boots, and what leaves it. */
  watch(watcher: WorldWatcher): () => void {
    return this.#listeners.add(watcher);
  }

  /** The journal as it stands in its storage. */
  readJournal(): Uint8Array {
    return this.#storage.read();
  }

  /** The power of the terminal goes and comes back at once: what was not in the journal is forgotten. */
  powerCut(): void {
    this.powerOff(0);
  }

  /**
   * The power goes, and comes back after so many milliseconds; 0: at once. The result brings it back now. One that begins
   * while it is off already decides when it comes back.
   */
  powerOff(forMs: number, cut: PowerCut = {}): Undo {
    this.#switchOff(cut);
    if (forMs <= 0) {
      this.#boot();
      return () => {};
    }
    const { clock } = this.#parts;
    const off = clock.setTimeout(() => this.#boot(), forMs);
    this.#off = off;
    this.#listeners.tell((watcher) => watcher.screen?.(this.#terminal.screen));
    return () => {
      if (this.#off === off) this.#boot();
    };
  }

  /** Ends everything. What the journal has acknowledged is kept. */
  close(): void {
    this.faults.clearAll();
    this.#terminal.stop();
    this.#printer.close();
    this.#parts.emulatedPrinter?.close();
    this.#parts.platform?.close();
    this.#parts.clock.clearTimeout(this.#off);
    this.#storage.close();
  }

  #switchOff(cut: PowerCut): void {
    this.#parts.clock.clearTimeout(this.#off);
    if (this.#off !== undefined) return;
    this.#terminal.stop();
    this.#printer.close();
    this.#storage.leave();
    this.#flash = openAgain(() => this.#parts.openJournal(cut));
    rotAt(this.#flash, cut.rotBit);
  }

  #boot(): void {
    this.#parts.clock.clearTimeout(this.#off); // It may have been brought back before its time.
    this.#off = undefined;
    this.#storage = this.#watched();
    this.#printer = this.#parts.openPrinter();
    this.#terminal = this.#make('read');
    this.#listeners.catchUp({ opened: this.#terminal.opened, find: (saleId) => this.#terminal.find(saleId) });
    this.#startTerminal();
  }

  #startTerminal(): void {
    this.#listeners.tell((watcher) => watcher.boot?.());
    this.#terminal.start();
  }

  #watched(): WatchedStorage {
    return new WatchedStorage(this.#flash, this.#disk, this.#moments);
  }

  /** A terminal that boots again with a damaged journal is out of service; with the first boot the world does not begin. */
  #make(damaged: 'refuse' | 'read'): Terminal {
    const { random, acquirers, digital } = this.#parts;
    const storage = this.#storage;
    const isOn = () => this.#storage === storage && this.#off === undefined;
    const tell = (each: (watcher: WorldWatcher) => void) => this.#listeners.tell(each);
    const watched: Partial<Record<Wallet, Acquirer>> = {};
    for (const wallet of walletsOf({ acquirers })) {
      const acquirer = acquirers[wallet];
      if (acquirer !== undefined) watched[wallet] = this.#moments.acquirer(watchedAcquirer(acquirer, tell), isOn);
    }
    const terminal = new Terminal(
      {
        clock: this.#clock,
        random,
        storage,
        acquirers: watched,
        printer: watchedPrinter(this.#printer, tell),
        digital,
        display: { show: (screen) => this.#listeners.tell((watcher) => watcher.screen?.(screen)) },
      },
      this.#options,
      damaged,
    );
    terminal.watch({
      state: (state, from) => {
        this.#moments.tell({ state, from });
        this.#listeners.tell((watcher) => watcher.state?.(state, from));
      },
      transition: (definition) => this.#listeners.tell((watcher) => watcher.transition?.(definition)),
      record: (record) => this.#listeners.record(record),
      sale: (facts) => this.#listeners.tell((watcher) => watcher.sale?.(facts)),
      failed: (error) => this.#listeners.tell((watcher) => watcher.failed?.(error)),
    });
    return terminal;
  }
}
