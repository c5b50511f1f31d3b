import { randomInt } from 'node:crypto';
import { join, resolve } from 'node:path';
import { createAlipayAcquirer } from '../acquirer/alipay/acquirer.js';
import type { AlipayConfig } from '../acquirer/alipay/config.js';
import type { NoticeDoor } from '../acquirer/alipay/notice-door.js';
import { createSdkNoticeDoor } from '../acquirer/alipay/sdk-notices.js';
import { createSdkTransport } from '../acquirer/alipay/sdk-transport.js';
import { SignedTickets } from '../digital/tickets.js';
import { EMULATED_APP_ID, servePlatform } from '../emulator/platform/alipay/http.js';
import { testKeys } from '../emulator/platform/keys.js';
import type { LedgerOptions } from '../emulator/platform/ledger.js';
import { createEmulatedPlatform, type EmulatedPlatform } from '../emulator/platform/platform.js';
import { openGlyphs } from '../glyphs/glyphs.js';
import { FileStorage } from '../ground/file-storage.js';
import { seededRandom } from '../ground/seeded-random.js';
import { terminalKey } from '../ground/terminal-key.js';
import { steadyClock, wallClock } from '../ground/wall-clock.js';
import { LineScanner } from '../links/line-scanner.js';
import { SerialLink } from '../links/serial.js';
import type { Acquirer } from '../ports/acquirer.js';
import type { PrinterProfile } from '../ports/device.js';
import type { NoticeSite } from '../ports/faults.js';
import type { Random } from '../ports/random.js';
import { createPrinterDriver } from '../printer/driver.js';
import { type Config, type PlatformAccess, readAccess } from './config.js';
import { materialIn, placesIn } from './data-folder.js';
import { exchangeFile } from './exchange-file.js';
import { JobLineFiles } from './job-line-files.js';
import { JobLines } from './job-lines.js';
import { type NetworkOptions, openRealNetwork, type RealNetwork } from './network/route.js';
import { sdkTimeoutMs } from './network/time-out.js';
import { type Closings, wirePrinter } from './real-printer.js';
import { settingsOf, ticketUrlOf, writeSettings } from './settings.js';
import { prepareDevice } from './simulated.js';
import type { Tape } from './tape.js';
import { VERSION } from './version.js';
import { World, type WorldParts } from './world.js';

const MIB = 1 << 20;

export interface RealOptions {
  /** Where everything is kept; made if it is not there. */
  readonly data: string;
  readonly config: Config;
  readonly configFile?: string | undefined;
  /** Default `true`. `false`: the emulated printer's line and mechanism take no time. */
  readonly pacing?: boolean;
  /** Of the platform, if it is emulated here: what it asks customers, and which codes it takes. */
  readonly platform?: Pick<LedgerOptions, 'askAboveFen' | 'strictCodes'>;
  /** Records the printer's line. It is closed by who made it, after this world. */
  readonly tape?: Tape | undefined;
  /** Customers of an emulated platform that is elsewhere. */
  readonly codeElsewhere?: WorldParts['codeElsewhere'];
  /** Told of what evidence lacks from now on, since it cannot be written. Default: standard error. */
  readonly warn?: ((error: Error) => void) | undefined;
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

export interface RealWorld {
  readonly world: World;
  readonly where: Whereabouts;
  /** Tells the emulated platform where its notices come in: the address of the control API's route for them. */
  noticesAt(url: string): void;
  /** Something more to be closed, before all that was opened earlier. */
  onClose(closing: Closings[number]): void;
  /** Ends everything, in order. Idempotent. */
  close(): Promise<void>;
}

/**
 * A world on real wires: the wall clock, files that are synced, the vendor's SDK over HTTP, and `serialport` on a
 * pseudo-terminal or on the real printer. What it has opened is closed again when it cannot be completed.
 */
export async function createRealWorld(options: RealOptions): Promise<RealWorld> {
  const { data, config, pacing = true, tape, warn = complain } = options;
  const places = placesIn(data);
  const closings: Closings = [];
  const close = async () => {
    for (const closing of closings.splice(0).reverse()) await closing();
  };
  try {
    const random = seededRandom(randomInt(2 ** 31));
    let journal = new FileStorage(places.journal);
    closings.push(() => journal.close());
    const key = terminalKey(places.key);
    const device = await prepareDevice(config.device);
    const baud = config.baud ?? device.profile.baud;
    const platform = await openPlatform(options, random, closings);
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
    const parts: WorldParts = {
      clock: wallClock,
      random: random.fork('terminal'),
      profile: device.profile,
      options: { version: VERSION, merchant: config.merchant, policy: config.policy, timings: config.timings },
      acquirers: { alipay: platform.acquirer },
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
      glyphs: openGlyphs(),
      key: () => key,
      digital: new SignedTickets({
        key: () => key,
        url: ticketUrlOf(config),
        utcOffsetMinutes: config.merchant.utcOffsetMinutes,
      }),
      material: (saleId) => materialIn(data, saleId),
      ...(scanner === undefined ? {} : { scanner }),
      ...(platform.emulated === undefined ? {} : { platform: platform.emulated }),
      codeElsewhere: options.codeElsewhere,
      ...(platform.notices === undefined ? {} : { notices: platform.notices }),
      ...(printer.emulated === undefined ? {} : { emulatedPrinter: printer.emulated }),
      sites: {
        printerLink: printer.site,
        ...(printer.emulated === undefined ? {} : { printer: printer.emulated.site }),
        ...(platform.network === undefined ? {} : { network: platform.network.site }),
        ...(platform.emulated === undefined ? {} : { platform: platform.emulated.site }),
        ...(platform.noticeSite === undefined ? {} : { notices: platform.noticeSite }),
      },
      ...(platform.network === undefined ? { wanting: { network: NO_TLS } } : {}),
    };
    const world = new World(parts);
    closings.push(() => world.close());
    closings.push(() => platform.network?.close()); // Before the faults end: what was on its way stays away.
    world.watch({ record: (record) => lines?.record(record) });
    const where: Whereabouts = {
      data: resolve(data),
      gateway: platform.gateway,
      printer: printer.printer,
      ...(printer.printerTcp === undefined ? {} : { printerTcp: printer.printerTcp }),
      ...(config.scanner === undefined ? {} : { scanner: config.scanner }),
    };
    const noticesAt = (url: string) => platform.noticesAt?.(url);
    return { world, where, noticesAt, onClose: (closing) => closings.push(closing), close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Platform {
  readonly acquirer: Acquirer;
  readonly gateway: string;
  readonly emulated?: EmulatedPlatform;
  readonly notices?: NoticeDoor;
  readonly noticeSite?: NoticeSite;
  noticesAt?(url: string): void;
  readonly network?: RealNetwork;
}

/** What goes over TLS cannot be read on the way, and the vendor's certificate is not ours to show. */
const NO_TLS = 'plain HTTP on the way to the platform (its gateway is https)';

async function openPlatform(options: RealOptions, random: Random, closings: Closings): Promise<Platform> {
  const { data, config, configFile, platform = {}, warn = complain } = options;
  if (config.platform !== undefined)
    return platformElsewhere(readAccess(config.platform, configFile), random, closings);
  const keys = await testKeys(join(data, 'platform', 'keys'));
  const storage = new FileStorage(join(data, 'platform', 'ledger.jsonl'));
  closings.push(() => storage.close());
  const exchanges = exchangeFile({
    path: placesIn(data).exchanges,
    mostBytes: config.evidence.platformLogMiB * MIB,
    failed: warn,
  });
  closings.push(() => exchanges.close());
  const chance = random.fork('platform');
  const emulated = createEmulatedPlatform({ clock: wallClock, random: chance, storage, exchanges, options: platform });
  const served = await servePlatform(emulated, { keys });
  closings.push(() => served.close());
  const network = await openNetwork({ target: served.url, always: true }, random, closings);
  const gateway = `${served.url}/gateway.do`;
  let notifyUrl: string | undefined;
  const access = {
    gateway,
    appId: EMULATED_APP_ID,
    privateKey: keys.merchant.privateKey,
    platformPublicKey: keys.platform.publicKey,
    timeoutMs: sdkTimeoutMs(config.timings),
    notifyUrl: () => notifyUrl,
  };
  if (!config.notify) return { acquirer: acquirerOver(access, { network }), gateway, emulated, network };
  const notices = createSdkNoticeDoor(access);
  return {
    acquirer: acquirerOver(access, { network, notices }),
    gateway,
    emulated,
    network,
    notices,
    noticeSite: served.notices,
    noticesAt(url) {
      notifyUrl = url;
    },
  };
}

/** A real platform is reached without a detour until a fault of the network is put in. */
async function platformElsewhere(access: PlatformAccess, random: Random, closings: Closings): Promise<Platform> {
  const { gateway } = access;
  const { protocol, origin } = new URL(gateway);
  const notices = access.notifyUrl === undefined ? undefined : createSdkNoticeDoor(access);
  const told = notices === undefined ? {} : { notices };
  if (protocol !== 'http:') return { acquirer: acquirerOver(access, told), gateway, ...told };
  const network = await openNetwork({ target: origin, always: false }, random, closings);
  return { acquirer: acquirerOver(access, { network, ...told }), gateway, network, ...told };
}

async function openNetwork(
  way: Pick<NetworkOptions, 'target' | 'always'>,
  random: Random,
  closings: Closings,
): Promise<RealNetwork> {
  const network = await openRealNetwork({ clock: wallClock, random: random.fork('network'), ...way });
  closings.push(() => network.close());
  return network;
}

function acquirerOver(
  access: AlipayConfig,
  { network, notices }: { readonly network?: RealNetwork; readonly notices?: NoticeDoor },
): Acquirer {
  return createAlipayAcquirer({ transport: createSdkTransport(access, network?.route), notices });
}

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

function complain(error: Error): void {
  process.stderr.write(`paperjam: ${error.message}\n`);
}

/** A serial scanner, at the 9600 baud that they come with. It is opened again whenever it is lost. */
function openScanner(path: string): LineScanner {
  return new LineScanner(new SerialLink({ path, baud: 9_600 }), wallClock);
}
