import { createPrivateKey, type KeyObject } from 'node:crypto';
import { createAlipayAcquirer } from '../acquirer/alipay/acquirer.js';
import { NoticeDoor } from '../acquirer/alipay/notice-door.js';
import { PaperjamError } from '../base/errors.js';
import { SignedTickets } from '../digital/tickets.js';
import type { NoticeCourier } from '../emulator/platform/notices.js';
import { createEmulatedPlatform, type PlatformOptions } from '../emulator/platform/platform.js';
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
import { DEFAULT_TIMINGS, type Timings } from '../terminal/timings.js';
import { readPrinterProfile } from './devices.js';
import { JobLines } from './job-lines.js';
import { isAbout } from './material.js';
import { SimulatedNetwork } from './network/simulated.js';
import { sdkTimeoutMs } from './network/time-out.js';
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
}

export interface Simulation {
  readonly world: World;
  readonly clock: VirtualClock;
  /** The terminal's flash, as it is in this boot. */
  flash(): Flash;
  /** How many bytes have gone this way on the printer's line. */
  lineBytes(direction: LinkDirection): number;
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
  const { seed = 1, networkMs = 20, driver, pacing = true, tape } = options;
  const clock = new VirtualClock();
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
  const platform = createEmulatedPlatform({
    clock,
    random: random.fork('platform'),
    options: { logEntries: 100, ...options.platform },
  });
  const timings = { ...DEFAULT_TIMINGS, ...options.timings };
  const network = new SimulatedNetwork({
    clock,
    random: random.fork('network'),
    platform,
    tripMs: networkMs,
    timeoutMs: sdkTimeoutMs(timings),
    frame: options.notify === true ? { notifyUrl: 'memory:terminal' } : {},
  });
  const door = new NoticeDoor((form) => form.sign === 'good');
  const notices = options.notify === true ? platform.sendNotices(memoryCourier(clock, networkMs, door)) : undefined;
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
  const merchant = { name: '街角咖啡 Corner Cafe', terminalId: 'T01', utcOffsetMinutes: 480, ...options.merchant };
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
    acquirers: {
      alipay: createAlipayAcquirer({ transport: network, notices: notices === undefined ? undefined : door }),
    },
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
    platform,
    sites: {
      printer: emulatedPrinter.site,
      printerLink: cable.site,
      network: network.site,
      platform: platform.site,
      ...(notices === undefined ? {} : { notices }),
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
        exchanges: platform.log.filter((entry) => isAbout(entry, saleId)),
        trade: platform.ledger.trade(saleId),
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

/** Brings notices over the same network as requests and answers. Nothing is signed: the word for it stands in the form. */
function memoryCourier(clock: VirtualClock, networkMs: number, door: NoticeDoor): NoticeCourier {
  return {
    carry(_url, fields, badSignature, done) {
      const form = { ...fields, sign: badSignature ? 'bad' : 'good' };
      clock.setTimeout(() => {
        try {
          door.receive(form, () => clock.setTimeout(() => done('success'), networkMs));
        } catch (error) {
          if (!(error instanceof PaperjamError)) throw error;
          clock.setTimeout(() => done(error.message), networkMs);
        }
      }, networkMs);
    },
  };
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
