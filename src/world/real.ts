import { randomInt } from 'node:crypto';
import { closeAll } from '../base/close-all.js';
import type { LedgerOptions } from '../emulator/platform/ledger.js';
import { openGlyphs } from '../glyphs/glyphs.js';
import { seededRandom } from '../ground/seeded-random.js';
import type { Config } from './config.js';
import { openRealPlatform } from './real-platform.js';
import type { Closings } from './real-printer.js';
import { openRealTerminal, type Whereabouts } from './real-terminal.js';
import { prepareDevice } from './simulated.js';
import type { Tape } from './tape.js';
import type { World, WorldParts } from './world.js';

export interface RealOptions {
  /** Where everything is kept; made if it is not there. */
  readonly data: string;
  readonly config: Config;
  readonly configFile?: string | undefined;
  /** `false`: the emulated printer's line and mechanism take no time. Default: as the configuration says. */
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
  const { config, warn = complain, pacing = config.delays === 'real' } = options;
  const random = seededRandom(randomInt(2 ** 31));
  return opened(async (closings) => {
    const device = await prepareDevice(config.device);
    const platform = await openRealPlatform({ ...options, random, warn }, closings);
    const shared = { platform, shared: false, device, random, pacing, warn, glyphs: openGlyphs() };
    const { world, where } = await openRealTerminal({ ...options, ...shared }, closings);
    return { world, where, noticesAt: platform.noticesAt };
  });
}

/** Lets something be opened part by part; what is open is closed in the opposite order, also when not all can be. */
export async function opened<Made extends object>(
  open: (closings: Closings) => Promise<Made>,
): Promise<Made & Pick<RealWorld, 'onClose' | 'close'>> {
  const closings: Closings = [];
  const close = () => closeAll(closings.splice(0).reverse());
  try {
    return { ...(await open(closings)), onClose: (closing) => closings.push(closing), close };
  } catch (error) {
    await close().catch(() => {}); // What has kept it from being opened counts.
    throw error;
  }
}

export function complain(error: Error): void {
  process.stderr.write(`paperjam: ${error.message}\n`);
}
