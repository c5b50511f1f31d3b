import { join } from 'node:path';
import { createAlipayAcquirer } from '../acquirer/alipay/acquirer.js';
import type { AlipayConfig } from '../acquirer/alipay/config.js';
import type { NoticeDoor } from '../acquirer/alipay/notice-door.js';
import { createSdkNoticeDoor } from '../acquirer/alipay/sdk-notices.js';
import { createSdkTransport } from '../acquirer/alipay/sdk-transport.js';
import { EMULATED_APP_ID, servePlatform } from '../emulator/platform/alipay/http.js';
import { testKeys } from '../emulator/platform/keys.js';
import type { LedgerOptions } from '../emulator/platform/ledger.js';
import { createEmulatedPlatform } from '../emulator/platform/platform.js';
import { FileStorage } from '../ground/file-storage.js';
import { wallClock } from '../ground/wall-clock.js';
import type { Random } from '../ports/random.js';
import { type Config, type PlatformAccess, readAccess } from './config.js';
import { placesIn } from './data-folder.js';
import { exchangeFile } from './exchange-file.js';
import {
  atOwnOrders,
  type ConnectingTerminal,
  inProcessPlatform,
  type PlatformConnection,
} from './in-process-platform.js';
import { type NetworkOptions, openRealNetwork, type RealNetwork } from './network/route.js';
import { sdkTimeoutMs } from './network/time-out.js';
import type { Closings } from './real-printer.js';

const MIB = 1 << 20;

/** One trip to a platform in this process, unless nothing is to take time: as in simulations. */
const IN_PROCESS_MS = 20;

export interface RealPlatformOptions {
  /** The folder in which the emulated platform has its own. */
  readonly data: string;
  readonly config: Config;
  readonly configFile?: string | undefined;
  /** Of the platform, if it is emulated here: what it asks customers, and which codes it takes. */
  readonly platform?: Pick<LedgerOptions, 'askAboveFen' | 'strictCodes'> | undefined;
  readonly random: Random;
  readonly warn: (error: Error) => void;
}

/** The way of one terminal to the platform. */
export interface RealConnection extends PlatformConnection {
  /** Cuts the terminal off: what was on its way stays away. */
  close(): Promise<void>;
}

/** The platform at the other end of real wires, for any number of terminals. */
export interface RealPlatform {
  /** Where it is, for people. */
  readonly gateway: string;
  readonly emulated: boolean;
  /** Where its notices come in, of all terminals. */
  readonly notices: NoticeDoor | undefined;
  /** Tells an emulated platform where that is: the address of the control API's route for them. */
  noticesAt(url: string): void;
  connect(terminal: ConnectingTerminal): Promise<RealConnection>;
}

/** The emulated platform, served over HTTP or asked in this process; or the one elsewhere that the configuration names. */
export async function openRealPlatform(options: RealPlatformOptions, closings: Closings): Promise<RealPlatform> {
  const { config, configFile } = options;
  if (config.platform !== undefined) return platformElsewhere(readAccess(config.platform, configFile));
  return config.emulatedPlatform === 'in-process' ? platformHere(options, closings) : platformServed(options, closings);
}

/** What the emulated platform keeps, in files. */
function booksOf({ data, config, warn }: RealPlatformOptions, synced: boolean, closings: Closings) {
  const storage = new FileStorage(join(data, 'platform', 'ledger.jsonl'), synced ? {} : UNSYNCED);
  closings.push(() => storage.close());
  const { exchanges: path } = placesIn(data);
  const exchanges = exchangeFile({ path, mostBytes: config.evidence.platformLogMiB * MIB, failed: warn });
  closings.push(() => exchanges.close());
  return { storage, exchanges };
}

/** The books of a platform in this process are of play money: they outlive the program, but not the machine's power. */
const UNSYNCED = { datasync: (_fd: number, done: (error: Error | null) => void) => setImmediate(done, null) };

function platformHere(options: RealPlatformOptions, closings: Closings): RealPlatform {
  const { config, random, platform: ledger = {} } = options;
  const { emulated, connect } = inProcessPlatform({
    clock: wallClock,
    random: random.fork('platform'),
    ...booksOf(options, false, closings),
    options: ledger,
    notify: config.notify,
    networkMs: config.delays === 'none' ? 0 : IN_PROCESS_MS,
  });
  closings.push(() => emulated.close());
  return {
    gateway: 'in this process',
    emulated: true,
    notices: undefined,
    noticesAt() {},
    connect: async (terminal) => ({ ...connect(terminal), async close() {} }),
  };
}

async function platformServed(options: RealPlatformOptions, closings: Closings): Promise<RealPlatform> {
  const { data, config, random, platform: ledger = {} } = options;
  const books = booksOf(options, true, closings); // Their lock comes first: the folder may be somebody else's.
  const keys = await testKeys(join(data, 'platform', 'keys'));
  const chance = random.fork('platform');
  const emulated = createEmulatedPlatform({ clock: wallClock, random: chance, ...books, options: ledger });
  closings.push(() => emulated.close());
  const served = await servePlatform(emulated, { keys });
  closings.push(() => served.close());
  const gateway = `${served.url}/gateway.do`;
  let notifyUrl: string | undefined;
  const access = {
    gateway,
    appId: EMULATED_APP_ID,
    privateKey: keys.merchant.privateKey,
    platformPublicKey: keys.platform.publicKey,
    notifyUrl: () => notifyUrl,
  };
  const notices = config.notify ? createSdkNoticeDoor(access) : undefined;
  const noticeSite = notices === undefined ? undefined : served.notices;
  return {
    gateway,
    emulated: true,
    notices,
    noticesAt(url) {
      if (config.notify) notifyUrl = url;
    },
    async connect(terminal) {
      const network = await openNetwork({ target: served.url, always: true }, terminal.random);
      return {
        ...acquirerOver({ ...access, timeoutMs: sdkTimeoutMs(terminal.timings) }, { terminal, network, notices }),
        ...atOwnOrders(emulated, noticeSite, terminal.isMine),
      };
    },
  };
}

/** A real platform is reached without a detour until a fault of the network is put in. */
function platformElsewhere(access: PlatformAccess): RealPlatform {
  const { gateway } = access;
  const { protocol, origin } = new URL(gateway);
  const notices = access.notifyUrl === undefined ? undefined : createSdkNoticeDoor(access);
  return {
    gateway,
    emulated: false,
    notices,
    noticesAt() {},
    async connect(terminal) {
      const plain = protocol === 'http:';
      const network = plain ? await openNetwork({ target: origin, always: false }, terminal.random) : undefined;
      return acquirerOver(access, { terminal, network, notices });
    },
  };
}

function openNetwork(way: Pick<NetworkOptions, 'target' | 'always'>, random: Random): Promise<RealNetwork> {
  return openRealNetwork({ clock: wallClock, random: random.fork('network'), ...way });
}

interface Way {
  readonly terminal: ConnectingTerminal;
  readonly network: RealNetwork | undefined;
  readonly notices: NoticeDoor | undefined;
}

function acquirerOver(access: AlipayConfig, { terminal, network, notices }: Way): RealConnection {
  const { isMine } = terminal;
  const told = isMine === undefined ? notices : notices?.only(isMine);
  const transport = createSdkTransport(access, network?.route);
  return {
    acquirer: createAlipayAcquirer({ transport, notices: told }),
    network: network?.site,
    close: async () => network?.close(),
  };
}
