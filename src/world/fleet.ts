import { randomInt } from 'node:crypto';
import { openGlyphs } from '../glyphs/glyphs.js';
import { seededRandom } from '../ground/seeded-random.js';
import type { Config } from './config.js';
import { terminalFolder } from './data-folder.js';
import { complain, opened, type RealOptions, type RealWorld } from './real.js';
import { openRealPlatform } from './real-platform.js';
import { openRealTerminal, type Whereabouts } from './real-terminal.js';
import { type PreparedDevice, prepareDevice } from './simulated.js';
import type { World } from './world.js';

export interface FleetOptions extends Omit<RealOptions, 'codeElsewhere'> {
  /** What all have in common: the platform is its. */
  readonly config: Config;
  /** One for each terminal, no two with the same number. A tape is of the first. */
  readonly terminals: readonly Config[];
}

export interface FleetTerminal {
  readonly world: World;
  readonly where: Whereabouts;
}

export interface Fleet extends Pick<RealWorld, 'noticesAt' | 'onClose' | 'close'> {
  /** In the order in which they were named. */
  readonly terminals: readonly FleetTerminal[];
}

/**
 * Several terminals in one process, on real wires: each has its own journal, key, printer and configuration, and all have
 * one platform. The terminal whose number the common configuration has lies in the data folder itself, as it does alone;
 * every other one in `terminals/<number>` of it.
 */
export async function createFleet(options: FleetOptions): Promise<Fleet> {
  const { data, config: common, warn = complain } = options;
  const random = seededRandom(randomInt(2 ** 31));
  const devices = new Map<string, Promise<PreparedDevice>>();
  const deviceOf = (name: string) => {
    const device = devices.get(name) ?? prepareDevice(name);
    devices.set(name, device);
    return device;
  };
  const glyphs = openGlyphs();
  return opened(async (closings) => {
    const platform = await openRealPlatform({ ...options, random, warn }, closings);
    const terminals: FleetTerminal[] = [];
    for (const [index, config] of options.terminals.entries()) {
      const { terminalId } = config.merchant;
      const terminal = await openRealTerminal(
        {
          data: terminalId === common.merchant.terminalId ? data : terminalFolder(data, terminalId),
          config,
          device: await deviceOf(config.device),
          platform,
          shared: options.terminals.length > 1,
          random: random.fork(terminalId),
          pacing: options.pacing ?? config.delays === 'real',
          glyphs,
          tape: index === 0 ? options.tape : undefined,
          warn,
        },
        closings,
      );
      terminals.push(terminal);
    }
    return { terminals, noticesAt: platform.noticesAt };
  });
}
