import { join, resolve } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import { requireEmulated } from '../emulator/printer/language.js';
import { createEmulatedPrinter, type EmulatedPrinter } from '../emulator/printer/printer.js';
import { FaultBoard } from '../faults/board.js';
import { openGlyphs } from '../glyphs/glyphs.js';
import { FileStorage } from '../ground/file-storage.js';
import { wallClock } from '../ground/wall-clock.js';
import { EitherLink } from '../links/either.js';
import { pacedLink } from '../links/paced.js';
import { pluggedLink } from '../links/plug.js';
import { PtyLink } from '../links/pty.js';
import { TcpServerLink } from '../links/tcp-server.js';
import type { PrinterProfile } from '../ports/device.js';
import type { GlyphSource } from '../ports/glyphs.js';
import type { Link } from '../ports/link.js';

/** The port of raw printing everywhere. */
const USUAL_TCP_PORT = 9_100;

export interface StandaloneOptions {
  readonly profile: PrinterProfile;
  /** Where its paper and its non-volatile memory are kept, from run to run. */
  readonly data: string;
  /** The stable name of its pseudo-terminal. Default: `tty` in the data folder; none where there are no pseudo-terminals. */
  readonly pty?: string | undefined;
  /** Default 9100, or any free port if that is taken. 0: any free port. */
  readonly tcp?: number | undefined;
  /** Default `true`. `false`: line and mechanism take no time. */
  readonly pacing?: boolean | undefined;
}

/** An emulated printer by itself, for other people's software. */
export interface StandalonePrinter {
  readonly profile: PrinterProfile;
  readonly emulated: EmulatedPrinter;
  readonly faults: FaultBoard;
  readonly glyphs: GlyphSource;
  readonly where: {
    readonly data: string;
    /** The stable name, and the device that it stands for now. */
    readonly pty?: string;
    readonly ptyDevice?: string;
    /** `tcp://127.0.0.1:9100`. */
    readonly tcp: string;
  };
  /** Stops, and gives everything back. Idempotent. */
  close(): void;
}

/**
 * Puts an emulated printer on a pseudo-terminal and on TCP. The pseudo-terminal is as slow as the rate that the program
 * at its other side has set. Throws `PJ_NOT_EMULATED`, `PJ_STORAGE_LOCKED` when another printer keeps its paper there,
 * `PJ_PORT_IN_USE`.
 */
export async function openStandalonePrinter(options: StandaloneOptions): Promise<StandalonePrinter> {
  const { profile, data, pacing = true } = options;
  requireEmulated(profile);
  const closings: (() => void)[] = [];
  const close = () => {
    for (const closing of closings.splice(0).reverse()) closing();
  };
  try {
    const storage = new FileStorage(join(data, 'paper.jsonl'));
    closings.push(() => storage.close());
    const nvStorage = new FileStorage(join(data, 'memory.jsonl'));
    closings.push(() => nvStorage.close());
    const pty = openPty(options);
    closings.push(() => pty?.close());
    const tcp = await listen(options.tcp);
    closings.push(() => tcp.close());
    const lines: Link[] = [network(tcp)];
    if (pty !== undefined) lines.unshift(pacing ? pacedLink(pty, wallClock, () => pty.baud) : pty);
    const { link, site } = pluggedLink(new EitherLink(wallClock, lines), wallClock);
    const emulated = createEmulatedPrinter({
      clock: wallClock,
      link,
      profile,
      storage,
      nvStorage,
      timing: pacing ? 'profile' : 'instant',
    });
    closings.push(() => emulated.close());
    const faults = new FaultBoard({ sites: { printer: emulated.site, printerLink: site }, clock: wallClock });
    closings.push(() => faults.clearAll());
    return {
      profile,
      emulated,
      faults,
      glyphs: openGlyphs(),
      where: {
        data: resolve(data),
        ...(pty?.path === undefined ? {} : { pty: pty.path }),
        ...(pty?.devicePath === undefined ? {} : { ptyDevice: pty.devicePath }),
        tcp: tcp.address,
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

const XON = 0x11;
const XOFF = 0x13;

/** A network card stops its clients by TCP itself: XON and XOFF are for the serial line, and no answer looks like them. */
function network(link: Link): Link {
  return {
    address: link.address,
    get pendingBytes() {
      return link.pendingBytes;
    },
    open: (listener) => link.open(listener),
    write(bytes) {
      const [byte] = bytes;
      if (bytes.length !== 1 || (byte !== XON && byte !== XOFF)) link.write(bytes);
    },
    reading: (on) => link.reading(on),
    close: () => link.close(),
  };
}

/** Nobody has asked for one where there are none: then TCP is all there is. */
function openPty({ data, pty }: StandaloneOptions): PtyLink | undefined {
  const link = new PtyLink({ linkName: resolve(pty ?? join(data, 'tty')) });
  try {
    link.create();
    return link;
  } catch (error) {
    if (pty === undefined && error instanceof PaperjamError && error.code === 'PJ_NO_PTY') return undefined;
    throw error;
  }
}

async function listen(port: number | undefined): Promise<TcpServerLink> {
  const link = new TcpServerLink({ port: port ?? USUAL_TCP_PORT });
  try {
    await link.listen();
    return link;
  } catch (error) {
    const taken = error instanceof PaperjamError && error.code === 'PJ_PORT_IN_USE';
    if (port !== undefined || !taken) throw error;
    const other = new TcpServerLink({ port: 0 });
    await other.listen();
    return other;
  }
}
