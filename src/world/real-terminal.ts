import { join, resolve } from 'node:path';
import { SignedTickets } from '../digital/tickets.js';
import { FileStorage } from '../ground/file-storage.js';
import { terminalKey } from '../ground/terminal-key.js';
import { steadyClock, wallClock } from '../ground/wall-clock.js';
import { LineScanner } from '../links/line-scanner.js';
import { SerialLink } from '../links/serial.js';
import type { PrinterProfile } from '../ports/device.js';
import type { GlyphSource } from '../ports/glyphs.js';
import type { Random } from '../ports/random.js';
import { createPrinterDriver } from '../printer/driver.js';
import { terminalOf } from '../terminal/order-no.js';
import type { Config } from './config.js';
import { materialIn, placesIn } from './data-folder.js';
import { JobLineFiles } from './job-line-files.js';
import { JobLines } from './job-lines.js';
import type { RealPlatform } from './real-platform.js';
import { type Closings, wirePrinter } from './real-printer.js';
import { settingsOf, ticketUrlOf, writeSettings } from './settings.js';
import type { PreparedDevice } from './simulated.js';
import type { Tape } from './tape.js';
import { VERSION } from './version.js';
import { World, type WorldParts } from './world.js';

const MIB = 1 << 20;

export interface RealTerminalOptions {
  /** The terminal's own folder. */
  readonly data: string;
  readonly config: Config;
  readonly device: PreparedDevice;
  readonly platform: RealPlatform;
  /** Whether the platform has other terminals too. */
  readonly shared: boolean;
  readonly random: Random;
  readonly glyphs: GlyphSource;
  /** Whether the emulated line and mechanism take the time that real ones take. */
  readonly pacing: boolean;
  readonly tape?: Tape | undefined;
  readonly codeElsewhere?: WorldParts['codeElsewhere'];
  readonly warn: (error: Error) => void;
}

/** Where each part of a real world is to be found, for people. */
export interface Whereabouts {
  readonly data: string;
  readonly printer: string;
  /** Raw TCP printing into the emulated printer. */
  readonly printerTcp?: string;
  readonly scanner?: string;
  readonly gateway: string;
}

/** A terminal with its printer on real wires, connected to a platform. What it opens is closed by `closings`. */
export async function openRealTerminal(
  options: RealTerminalOptions,
  closings: Closings,
): Promise<{ readonly world: World; readonly where: Whereabouts }> {
  const { data, config, device, platform, random, pacing, tape, warn } = options;
  const places = placesIn(data);
  let journal = new FileStorage(places.journal);
  closings.push(() => journal.close());
  const key = terminalKey(places.key);
  const baud = config.baud ?? device.profile.baud;
  const { terminalId } = config.merchant;
  const isMine = options.shared ? (orderNo: string) => terminalOf(orderNo) === terminalId : undefined;
  const connection = await platform.connect({ random, timings: config.timings, isMine });
  closings.push(() => connection.close());
  const printer = await wirePrinter(
    {
      where: config.printer,
      directory: join(data, 'printer'),
      profile: device.profile,
      baud,
      pacing,
      tape,
    },
    closings,
  );
  const lines = openJobLines(places.line, { ...config, baud }, warn);
  closings.push(() => lines?.close());
  const link = lines?.link(printer.link) ?? printer.link;
  keepSettings(places.settings, config, device.profile, warn);
  const scanner = config.scanner === undefined ? undefined : openScanner(config.scanner);
  closings.push(() => scanner?.close());
  const { emulated, network, noticeSite } = connection;
  const world = new World({
    clock: wallClock,
    random: random.fork('terminal'),
    profile: device.profile,
    options: { version: VERSION, merchant: config.merchant, policy: config.policy, timings: config.timings },
    acquirers: { alipay: connection.acquirer },
    openJournal(powerCut) {
      if (powerCut !== undefined) {
        journal.close();
        journal = new FileStorage(places.journal);
      }
      return journal;
    },
    openPrinter: () =>
      createPrinterDriver({
        clock: steadyClock, // It measures how long things take: setting the machine's time is none of its business.
        link,
        profile: { ...device.profile, baud },
        dialect: device.dialect,
        options: config.driver,
      }),
    glyphs: options.glyphs,
    key: () => key,
    digital: new SignedTickets({
      key: () => key,
      url: ticketUrlOf(config),
      utcOffsetMinutes: config.merchant.utcOffsetMinutes,
    }),
    material: (saleId) => materialIn(data, saleId),
    ...(scanner === undefined ? {} : { scanner }),
    ...(emulated === undefined ? {} : { platform: emulated }),
    codeElsewhere: options.codeElsewhere,
    ...(platform.notices === undefined ? {} : { notices: platform.notices }),
    ...(printer.emulated === undefined ? {} : { emulatedPrinter: printer.emulated }),
    sites: {
      printerLink: printer.site,
      ...(printer.emulated === undefined ? {} : { printer: printer.emulated.site }),
      ...(network === undefined ? {} : { network }),
      ...(emulated === undefined ? {} : { platform: emulated.site }),
      ...(noticeSite === undefined ? {} : { notices: noticeSite }),
    },
    ...(network === undefined ? { wanting: { network: NO_TLS } } : {}),
  });
  closings.push(() => world.close());
  closings.push(() => connection.close()); // Before the faults end: what was on its way stays away.
  world.watch({ record: (record) => lines?.record(record) });
  const where: Whereabouts = {
    data: resolve(data),
    gateway: platform.gateway,
    printer: printer.printer,
    ...(printer.printerTcp === undefined ? {} : { printerTcp: printer.printerTcp }),
    ...(config.scanner === undefined ? {} : { scanner: config.scanner }),
  };
  return { world, where };
}

/** What goes over TLS cannot be read on the way, and the vendor's certificate is not ours to show. */
const NO_TLS = 'plain HTTP on the way to the platform (its gateway is https)';

/** Records each job on the printer's line in the data folder; `undefined` when the configuration wants none. */
function openJobLines(
  folder: string,
  { evidence, device, printer, baud }: Config & { readonly baud: number },
  warn: (error: Error) => void,
): JobLines | undefined {
  const mostBytes = evidence.lineMiB * MIB;
  if (mostBytes === 0) return undefined;
  const files = new JobLineFiles({ folder, mostBytes, failed: warn });
  return new JobLines({
    clock: wallClock,
    device,
    baud: printer.startsWith('tcp:') ? 0 : baud,
    mostBytesPerJob: mostBytes / 4,
    open: (name) => files.open(name),
  });
}

function keepSettings(path: string, config: Config, profile: PrinterProfile, warn: (error: Error) => void): void {
  const system = { node: process.version, os: `${process.platform} ${process.arch}` };
  try {
    writeSettings(path, settingsOf(config, profile, system));
  } catch (cause) {
    warn(cause instanceof Error ? cause : new Error(String(cause)));
  }
}

/** A serial scanner, at the 9600 baud that they come with. It is opened again whenever it is lost. */
function openScanner(path: string): LineScanner {
  return new LineScanner(new SerialLink({ path, baud: 9_600 }), wallClock);
}
