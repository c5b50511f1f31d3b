import { createAlipayAcquirer } from '../acquirer/alipay/acquirer.js';
import { createEmulatedPlatform, type PlatformOptions } from '../emulator/platform/platform.js';
import { createEmulatedPrinter } from '../emulator/printer/printer.js';
import { Flash } from '../ground/flash.js';
import { seededRandom } from '../ground/seeded-random.js';
import { VirtualClock } from '../ground/virtual-clock.js';
import { memoryLinkPair } from '../links/memory.js';
import type { PrinterProfile } from '../ports/device.js';
import type { DigitalTickets } from '../ports/digital.js';
import type { GlyphSource } from '../ports/glyphs.js';
import type { Storage } from '../ports/storage.js';
import type { Dialect } from '../printer/dialect.js';
import { createPrinterDriver } from '../printer/driver.js';
import type { DriverOptions } from '../printer/options.js';
import { prepareDialect } from '../printer/prepare-dialect.js';
import type { Merchant, Policy } from '../terminal/context.js';
import { DEFAULT_TIMINGS, type Timings } from '../terminal/timings.js';
import { readPrinterProfile } from './devices.js';
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
  /** Default: none can be offered. */
  readonly digital?: DigitalTickets;
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
}

export interface Simulation {
  readonly world: World;
  readonly clock: VirtualClock;
  /** The terminal's flash, as it is in this boot. */
  flash(): Flash;
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
  const host = tape === undefined ? cable.host : tape.link(cable.host, { clock, baud });
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
  const transport = {
    exchange: (method: string, content: object, done: (result: { response: object }) => void) => {
      clock.setTimeout(
        () => platform.exchange(method, content, (result) => clock.setTimeout(() => done(result), networkMs)),
        networkMs,
      );
    },
  };
  let flash = new Flash(clock, {
    ...(options.flash === undefined ? {} : { content: options.flash }),
    ...(options.flashCapacityBytes === undefined ? {} : { capacityBytes: options.flashCapacityBytes }),
  });
  const cuts = random.fork('power');
  const openJournal = (powerCut: boolean): Storage => {
    if (!powerCut) return flash;
    flash.cut(cuts);
    flash = flash.reopen();
    return flash;
  };
  const world = new World({
    clock,
    random: random.fork('terminal'),
    profile,
    options: {
      version: VERSION,
      merchant: { name: '街角咖啡 Corner Cafe', terminalId: 'T01', utcOffsetMinutes: 480, ...options.merchant },
      policy: { reprint: 'ask', ...options.policy },
      timings: { ...DEFAULT_TIMINGS, ...options.timings },
    },
    acquirers: { alipay: createAlipayAcquirer({ transport }) },
    ...(options.digital === undefined ? {} : { digital: options.digital }),
    openJournal,
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
    sites: { printer: emulatedPrinter.site, printerLink: cable.site, platform: platform.site },
  });
  return { world, clock, flash: () => flash };
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
