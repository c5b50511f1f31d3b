import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAll } from '../base/close-all.js';
import { openGlyphs } from '../glyphs/glyphs.js';
import { FileStorage } from '../ground/file-storage.js';
import { forgettingStorage } from '../ground/forgetting-storage.js';
import { VirtualClock } from '../ground/virtual-clock.js';
import type { Storage } from '../ports/storage.js';
import { createFleet } from '../world/fleet.js';
import { prepareDevice, simulate, simulatedPlatform } from '../world/simulated.js';
import type { World } from '../world/world.js';
import type { Configs, RealOptions, VirtualOptions } from './options.js';

/** What terminals stand on: in memory and virtual time, or on the machine. */
export interface Ground {
  readonly worlds: readonly World[];
  /** Where what is no terminal's keeps its own, by its name. */
  storage(name: string): Storage;
  /** A folder for what has to lie in files all the same. */
  folder(): Promise<string>;
  /** Tells the platform where its notices come in, if they come over HTTP. */
  noticesAt(url: string): void;
  close(): Promise<void>;
}

export interface VirtualGround extends Ground {
  readonly clock: VirtualClock;
}

export async function virtualGround({ common, terminals }: Configs, options: VirtualOptions): Promise<VirtualGround> {
  const { seed = 1, startsAt = Date.now() } = options;
  const clock = new VirtualClock(Number(startsAt));
  const pacing = common.delays === 'real';
  const way = { notify: common.notify, ...(pacing ? {} : { networkMs: 0 }) };
  const shared = { clock, platform: simulatedPlatform(clock, { seed, ...way }) };
  const glyphs = openGlyphs();
  const files = passingFolder();
  const worlds: World[] = [];
  for (const [index, { device, merchant, policy, timings, driver }] of terminals.entries()) {
    const own = { merchant, policy, timings, driver, pacing, ...way };
    const prepared = await prepareDevice(device);
    worlds.push(simulate(prepared, { ...own, seed: seed + index, jobLines: true, glyphs, shared }).world);
  }
  return {
    worlds,
    clock,
    storage: (name) => forgettingStorage(clock, name),
    folder: files.folder,
    noticesAt() {},
    close: () =>
      closeAll([...worlds.map((world) => () => world.close()), () => shared.platform.emulated.close(), files.remove]),
  };
}

export async function realGround({ common, terminals }: Configs, options: RealOptions): Promise<Ground> {
  const files = passingFolder();
  const { data = await files.folder() } = options;
  try {
    const fleet = await createFleet({ data, config: common, terminals });
    return {
      worlds: fleet.terminals.map(({ world }) => world),
      storage: (name) => new FileStorage(join(data, 'tills', `${name}.jsonl`)),
      folder: async () => join(data, 'tills'),
      noticesAt: fleet.noticesAt,
      close: () => closeAll([fleet.close, files.remove]),
    };
  } catch (error) {
    await files.remove();
    throw error;
  }
}

/** A folder that is made when it is wanted, and gone at the end. */
function passingFolder(): { folder(): Promise<string>; remove(): Promise<void> } {
  let made: Promise<string> | undefined;
  return {
    folder() {
      made ??= mkdtemp(join(tmpdir(), 'paperjam-'));
      return made;
    },
    async remove() {
      if (made !== undefined) await rm(await made, { recursive: true, force: true });
    },
  };
}
