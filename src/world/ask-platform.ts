import { existsSync } from 'node:fs';
import { createAlipayAcquirer } from '../acquirer/alipay/acquirer.js';
import { createSdkTransport } from '../acquirer/alipay/sdk-transport.js';
import { PaperjamError } from '../base/errors.js';
import { createEmulatedPlatform } from '../emulator/platform/platform.js';
import { FileStorage } from '../ground/file-storage.js';
import { seededRandom } from '../ground/seeded-random.js';
import { wallClock } from '../ground/wall-clock.js';
import type { Acquirer } from '../ports/acquirer.js';
import type { SaleFacts } from '../terminal/facts.js';
import { askPlatform, type PlatformReply } from '../terminal/verdict/ask.js';
import { type Config, readAccess } from './config.js';
import { placesIn } from './data-folder.js';

export interface AskOptions {
  readonly data: string;
  readonly config: Config;
  readonly configFile?: string | undefined;
}

/**
 * Asks a terminal's platform about a sale while no terminal runs: the platform of the configuration, or the books of the
 * emulated one in the data folder. Throws `PJ_NOT_NOW` when there is neither, `PJ_STORAGE_LOCKED` while somebody else has
 * the books.
 */
export async function askFromFolder(options: AskOptions, facts: SaleFacts): Promise<PlatformReply> {
  const { acquirer, close } = openAcquirer(options);
  const timeoutMs = options.config.timings.queryTimeoutMs;
  try {
    return await new Promise((done) =>
      askPlatform({ clock: wallClock, acquirers: { alipay: acquirer }, timeoutMs }, facts, done),
    );
  } finally {
    close();
  }
}

function openAcquirer({ data, config, configFile }: AskOptions): { acquirer: Acquirer; close: () => void } {
  if (config.platform !== undefined) {
    const transport = createSdkTransport(readAccess(config.platform, configFile));
    return { acquirer: createAlipayAcquirer({ transport }), close: () => {} };
  }
  const { ledger: file } = placesIn(data);
  if (!existsSync(file)) {
    throw new PaperjamError('PJ_NOT_NOW', {
      problem: `there is no platform to ask: ${file} does not exist, and the configuration names no platform elsewhere`,
    });
  }
  const storage = new FileStorage(file);
  const platform = createEmulatedPlatform({ clock: wallClock, random: seededRandom(1), storage });
  return {
    acquirer: createAlipayAcquirer({ transport: platform }),
    close: () => {
      platform.close();
      storage.close();
    },
  };
}
