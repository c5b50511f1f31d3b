import { type Closing, closeAll } from '../base/close-all.js';
import { ALIPAY_NOTICES } from '../ecr/api/notices.js';
import { customOf, serveTills, type TillUrls } from '../ecr/tills/serve.js';
import { RunningTime } from '../ground/running-time.js';
import type { VirtualClock } from '../ground/virtual-clock.js';
import { Shop } from '../till/shop.js';
import type { Config } from '../world/config.js';
import { whenReady } from '../world/settled.js';
import type { World } from '../world/world.js';
import { type Ground, realGround, virtualGround } from './ground.js';
import { configsOf, type PaperjamOptions, type RealOptions, type VirtualOptions } from './options.js';
import { PaperjamTerminal, type Wait } from './terminal.js';
import { TillWork } from './till-work.js';

/** Terminals in this process. `await using` closes them at the end of the block. */
export interface Paperjam extends AsyncDisposable {
  /** In the order in which they were asked for. */
  readonly terminals: readonly PaperjamTerminal[];
  /** The first one. */
  readonly terminal: PaperjamTerminal;
  /** Where tills find the protocols that were asked for. */
  readonly urls: TillUrls;
  /** A file in PEM: the authority behind the certificate of nexo's HTTPS, for whoever is to trust it. */
  readonly caFile: string | undefined;
  /** Ends everything, in order. Idempotent. */
  close(): Promise<void>;
}

/** The same on virtual time. */
export interface VirtualPaperjam extends Paperjam {
  /** What time it is, in ms since 1970. */
  now(): number;
  /** Lets so many ms pass, with all that happens in them. */
  advance(ms: number): void;
  /** Lets time pass until it holds, looked at after each event; `false` when it does not within so many ms (default: an hour). */
  runUntil(holds: () => boolean, withinMs?: number): boolean;
}

const HOUR_MS = 3_600_000;

/**
 * Starts terminals in this process, each with its printer, its journal and a customer, and a platform for all of them.
 * Ready when all have booted. Throws `PJ_CONFIG` for what is not allowed, and whatever keeps a real one from being opened.
 */
export function startPaperjam(options?: VirtualOptions): Promise<VirtualPaperjam>;
export function startPaperjam(options: RealOptions): Promise<Paperjam>;
export async function startPaperjam(options: PaperjamOptions = {}): Promise<Paperjam | VirtualPaperjam> {
  const configs = configsOf(options);
  if (options.time === 'real') return opened(await realGround(configs, options), configs.common);
  const ground = await virtualGround(configs, options);
  const { clock } = ground;
  return {
    ...(await opened(ground, configs.common, { clock, runs: options.runs ?? 'by-itself' })),
    now: () => clock.now(),
    advance: (ms) => clock.advance(ms),
    runUntil: (holds, withinMs = HOUR_MS) => clock.runUntil(holds, withinMs),
  };
}

interface Virtual {
  readonly clock: VirtualClock;
  readonly runs: 'by-itself' | 'by-hand';
}

async function opened(ground: Ground, { tills: config }: Config, virtual?: Virtual): Promise<Paperjam> {
  const { worlds } = ground;
  const shop = new Shop(worlds, { custom: customOf(config) });
  const work = new TillWork(shop, () => time?.look());
  const byItself = virtual?.runs === 'by-itself';
  const time = virtual === undefined ? undefined : new RunningTime(virtual.clock, () => byItself && work.isUnderWay);
  const closings: Closing[] = [() => ground.close(), () => time?.close(), () => shop.close()];
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= closeAll(closings.reverse());
    return closed;
  };
  try {
    const tills = await serveTills(shop, {
      config,
      ports: 'free',
      storage: ground.storage,
      folder: ground.folder,
      busy:
        time &&
        (() => {
          work.moved();
          return byItself ? time.wait() : time.waitStill();
        }),
      left: () => time?.settle(),
    });
    closings.push(tills.close, () => work.close());
    if (tills.urls.api !== undefined) ground.noticesAt(`${tills.urls.api}${ALIPAY_NOTICES}`);
    const wait = waitOn(time);
    for (const world of worlds) world.start();
    await wait<void>((done) => whenAllReady(worlds, done));
    const terminals = worlds.map((world) => new PaperjamTerminal(world, wait));
    const { urls, caFile } = tills;
    return { terminals, terminal: first(terminals), urls, caFile, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close().catch(() => {}); // What has kept it from being opened counts.
    throw error;
  }
}

function waitOn(time: RunningTime | undefined): Wait {
  return (listen) =>
    new Promise((resolve) => {
      const end = time?.wait();
      listen((value) => {
        end?.(); // In this event, so that time stands at it.
        resolve(value);
      });
    });
}

/** Or out of service, which each says by itself. */
function whenAllReady(worlds: readonly World[], done: () => void): void {
  let missing = worlds.length;
  for (const world of worlds) whenReady(world, () => --missing === 0 && done());
}

function first<T>([one]: readonly T[]): T {
  if (one === undefined) throw new Error('there is one terminal at least');
  return one;
}
