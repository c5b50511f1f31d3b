import { createPrivateKey, type KeyObject } from 'node:crypto';
import { SignedTickets } from '../digital/tickets.js';
import type { PlatformOptions } from '../emulator/platform/platform.js';
import { createEmulatedPrinter } from '../emulator/printer/printer.js';
import { Flash } from '../ground/flash.js';
import { seededRandom } from '../ground/seeded-random.js';
import { VirtualClock } from '../ground/virtual-clock.js';
import { memoryLinkPair } from '../links/memory.js';
import type { PrinterProfile } from '../ports/device.js';
import type { LinkDirection, PowerCut } from '../ports/faults.js';
import type { GlyphSource } from '../ports/glyphs.js';
import type { Dialect } from '../printer/dialect.js';
import { createPrinterDriver } from '../printer/driver.js';
import type { DriverOptions } from '../printer/options.js';
import { prepareDialect } from '../printer/prepare-dialect.js';
import type { Merchant, Policy } from '../terminal/context.js';
import { terminalOf } from '../terminal/order-no.js';
import { DEFAULT_TIMINGS, type Timings } from '../terminal/timings.js';
import { readPrinterProfile } from './devices.js';
import { type InProcessPlatform, inProcessPlatform } from './in-process-platform.js';
import { JobLines } from './job-lines.js';
import { isAbout } from './material.js';
import { ticketPieces } from './pictures.js';
import { ticketUrlOf } from './settings.js';
import type { Tape } from './tape.js';
import { VERSION } from './version.js';
import { World } from './world.js';

export interface SimulationOptions {
  /** Decides everything that is left to chance. Default 1. */
  readonly seed?: number;
  /** A printer profile's name. Default `epson-tm-m30`. */
  readonly device?: string;
  readonly merchant?: Partial<Merchant>;
  readonly policy?: Partial<Policy>;
  readonly timings?: Partial<Timings>;
  readonly platform?: PlatformOptions;
  /** The platform tells of payments by itself too (asynchronous notify). Default `false`. */
  readonly notify?: boolean;
  readonly driver?: Partial<DriverOptions>;
  /** Default `true`. `false`: the printer's line and mechanism take no time. */
  readonly pacing?: boolean;
  /** One trip to the platform and back, each way. Default 20. */
  readonly networkMs?: number;
  /** What stood on the flash before. Default: nothing. */
  readonly flash?: Uint8Array;
  readonly flashCapacityBytes?: number;
  /** Draws the characters in pictures. Default: boxes, since most simulations look at no picture. */
  readonly glyphs?: GlyphSource;
  /** Records the printer's line. It is closed by who made it, after this world. */
  readonly tape?: Tape | undefined;
  /** Default `false`. `true`: what goes over the printer's line is kept job by job, for evidence. */
  readonly jobLines?: boolean;
  /** Time and platform of others, to which this terminal is added; `networkMs`, `notify` and `platform` are then theirs. */
  readonly shared?: SharedSimulation | undefined;
}

export interface Simulation {
  readonly world: World;
  readonly clock: VirtualClock;
  /** The terminal's flash, as it is in this boot. */
  flash(): Flash;
  /** How many bytes have gone this way on the printer's line. */
  lineBytes(direction: LinkDirection): number;
}

/** Virtual time and a platform that several simulated terminals have in common. */
export interface SharedSimulation {
  readonly clock: VirtualClock;
  readonly platform: InProcessPlatform;
}

/** The platform of a simulation, or of several on one clock. */
export function simulatedPlatform(clock: VirtualClock, options: SimulationOptions): InProcessPlatform {
  const { seed = 1, networkMs = 20, notify = false } = options;
  return inProcessPlatform({
    clock,
    random: seededRandom(seed).fork('platform'),
    options: { logEntries: 100, ...options.platform },
    notify,
    networkMs,
  });
}

/** What is prepared once for a device, and serves any number of worlds: encoding is asynchronous by habit of its library. */
export interface PreparedDevice {
  readonly profile: PrinterProfile;
  readonly dialect: Dialect;
}

export async function prepareDevice(name: string): Promise<PreparedDevice> {
  const profile = readPrinterProfile(name);
  return { profile, dialect: await prepareDialect(profile) };
}

/** A whole world in one process on virtual time: the same parts as on real wires, over memory links and flash. */
export async function createSimulation(options: SimulationOptions = {}): Promise<Simulation> {
  return simulate(await prepareDevice(options.device ?? 'epson-tm-m30'), options);
}

/** The same with a device that has been prepared: synchronous. */
export function simulate({ profile, dialect }: PreparedDevice, options: SimulationOptions = {}): Simulation {
  const { seed = 1, driver, pacing = true, tape, shared } = options;
  const clock = shared?.clock ?? new VirtualClock();
  const random = seededRandom(seed);
  const baud = pacing ? profile.baud : 0;
  const cable = memoryLinkPair(clock, { baud });
  const taped = tape === undefined ? cable.host : tape.link(cable.host, { clock, baud });
  const jobs = new Map<string, Uint8Array[]>();
  const lines = options.jobLines === true ? keptInMemory(jobs, clock, profile.id, baud) : undefined;
  const host = lines?.link(taped) ?? taped;
  const emulatedPrinter = createEmulatedPrinter({
    clock,
    link: cable.device,
    profile,
    timing: pacing ? 'profile' : 'instant',
  });
  const timings = { ...DEFAULT_TIMINGS, ...options.timings };
  const platform = shared?.platform ?? simulatedPlatform(clock, options);
  const merchant = { name: '街角咖啡 Corner Cafe', terminalId: 'T01', utcOffsetMinutes: 480, ...options.merchant };
  const isMine = shared === undefined ? undefined : (orderNo: string) => terminalOf(orderNo) === merchant.terminalId;
  const connection = platform.connect({ random, timings, isMine });
  const { emulated = platform.emulated } = connection;
  let flash = new Flash(clock, {
    ...(options.flash === undefined ? {} : { content: options.flash }),
    ...(options.flashCapacityBytes === undefined ? {} : { capacityBytes: options.flashCapacityBytes }),
  });
  const cuts = random.fork('power');
  const kept = { chance: cuts, lost: 'nothing', kept: 'all', torn: { torn: cuts } } as const;
  const openJournal = (powerCut: PowerCut | undefined): Flash => {
    if (powerCut === undefined) return flash;
    flash.cut(kept[powerCut.unsynced ?? 'chance']);
    flash = flash.reopen();
    return flash;
  };
  const world: World = new World({
    clock,
    random: random.fork('terminal'),
    profile,
    options: {
      version: VERSION,
      merchant,
      policy: { reprint: 'ask', ...options.policy },
      timings,
    },
    acquirers: { alipay: connection.acquirer },
    openJournal,
    events: clock,
    openPrinter: () =>
      createPrinterDriver({
        clock,
        link: host,
        profile,
        dialect,
        ...(driver === undefined ? {} : { options: driver }),
      }),
    emulatedPrinter,
    glyphs: options.glyphs ?? NO_GLYPHS,
    platform: emulated,
    sites: {
      printer: emulatedPrinter.site,
      printerLink: cable.site,
      ...(connection.network === undefined ? {} : { network: connection.network }),
      platform: emulated.site,
      ...(connection.noticeSite === undefined ? {} : { notices: connection.noticeSite }),
    },
    key: simulatedKey,
    digital: new SignedTickets({
      key: simulatedKey,
      url: ticketUrlOf({ merchant }),
      utcOffsetMinutes: merchant.utcOffsetMinutes,
    }),
    material: (saleId) => ({
      journal: { content: flash.read(), address: flash.address },
      platform: {
        exchanges: emulated.log.filter((entry) => isAbout(entry, saleId)),
        trade: emulated.ledger.trade(saleId),
      },
      line: [...jobs]
        .filter(([name]) => name.startsWith(`${saleId}-`))
        .map(([name, parts]) => ({ name, bytes: Buffer.concat(parts) })),
      paper: ticketPieces(world, saleId),
      settings: { paperjam: VERSION, simulated: { seed }, device: profile },
    }),
  });
  if (lines !== undefined) world.watch({ record: (record) => lines.record(record) });
  return { world, clock, flash: () => flash, lineBytes: cable.passedBytes };
}

function keptInMemory(jobs: Map<string, Uint8Array[]>, clock: VirtualClock, device: string, baud: number): JobLines {
  const open = (name: string) => {
    const parts: Uint8Array[] = [];
    jobs.set(name, parts);
    return { append: (bytes: Uint8Array) => void parts.push(bytes), close() {} };
  };
  return new JobLines({ clock, device, baud, mostBytesPerJob: 1 << 22, open });
}

/** PKCS#8 of an Ed25519 key (RFC 8410), up to the 32 bytes of the key itself. */
const ED25519_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
let madeKey: KeyObject | undefined;

/** The key of every simulated terminal, made when the first one signs. Everybody knows it, so it proves nothing. */
export function simulatedKey(): KeyObject {
  const der = Buffer.concat([ED25519_HEAD, Buffer.alloc(32, 'paperjam')]);
  madeKey ??= createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return madeKey;
}

/** Every character is an empty cell. */
const NO_GLYPHS: GlyphSource = {
  glyph: (_, widthDots, heightDots) => ({
    widthDots,
    heightDots,
    rows: new Uint8Array(Math.ceil(widthDots / 8) * heightDots),
    missing: true,
  }),
};
