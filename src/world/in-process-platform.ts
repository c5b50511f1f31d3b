import { createAlipayAcquirer } from '../acquirer/alipay/acquirer.js';
import { NoticeDoor } from '../acquirer/alipay/notice-door.js';
import { createEmulatedPlatform, type EmulatedPlatform, type PlatformParts } from '../emulator/platform/platform.js';
import { ownNotices, shareOf } from '../emulator/platform/share.js';
import type { Acquirer } from '../ports/acquirer.js';
import type { NetworkSite, NoticeSite } from '../ports/faults.js';
import type { Random } from '../ports/random.js';
import type { Timings } from '../terminal/timings.js';
import { memoryCourier } from './memory-courier.js';
import { SimulatedNetwork } from './network/simulated.js';
import { sdkTimeoutMs } from './network/time-out.js';

/** What a terminal has of a platform that it is connected to. */
export interface PlatformConnection {
  readonly acquirer: Acquirer;
  /** Absent when the platform is elsewhere. */
  readonly emulated?: EmulatedPlatform | undefined;
  /** The terminal's own stretch of the way there. Absent where faults cannot take hold of it. */
  readonly network?: NetworkSite | undefined;
  /** Absent when it sends no notices. */
  readonly noticeSite?: NoticeSite | undefined;
}

/** A terminal that is to be connected. */
export interface ConnectingTerminal {
  readonly random: Random;
  readonly timings: Timings;
  /** Of several terminals at one platform, which orders are this one's; a terminal that is there alone has them all. */
  readonly isMine?: ((orderNo: string) => boolean) | undefined;
}

export interface InProcessPlatform {
  readonly emulated: EmulatedPlatform;
  connect(terminal: ConnectingTerminal): PlatformConnection;
}

export interface InProcessOptions extends PlatformParts {
  /** It tells of payments by itself too. */
  readonly notify: boolean;
  /** One trip to the platform, and one back, each take so long. */
  readonly networkMs: number;
}

/** An emulated platform that is asked in this process, on any clock: no HTTP, and nothing is signed. */
export function inProcessPlatform({ notify, networkMs, ...parts }: InProcessOptions): InProcessPlatform {
  const { clock } = parts;
  const emulated = createEmulatedPlatform(parts);
  const door = new NoticeDoor((form) => form.sign === 'good');
  const noticeSite = notify ? emulated.sendNotices(memoryCourier(clock, networkMs, door)) : undefined;
  return {
    emulated,
    connect({ random, timings, isMine }) {
      const network = new SimulatedNetwork({
        clock,
        random: random.fork('network'),
        platform: emulated,
        tripMs: networkMs,
        timeoutMs: sdkTimeoutMs(timings),
        frame: notify ? { notifyUrl: 'memory:terminal' } : {},
      });
      const notices = noticeSite === undefined ? undefined : isMine === undefined ? door : door.only(isMine);
      return {
        acquirer: createAlipayAcquirer({ transport: network, notices }),
        network: network.site,
        ...atOwnOrders(emulated, noticeSite, isMine),
      };
    },
  };
}

/** An emulated platform and its notices, as one terminal has them. */
export function atOwnOrders(
  emulated: EmulatedPlatform,
  noticeSite: NoticeSite | undefined,
  isMine: ConnectingTerminal['isMine'],
): Pick<PlatformConnection, 'emulated' | 'noticeSite'> {
  if (isMine === undefined) return { emulated, noticeSite };
  return {
    emulated: shareOf(emulated, isMine),
    noticeSite: noticeSite === undefined ? undefined : ownNotices(noticeSite, isMine),
  };
}
