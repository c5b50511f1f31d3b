import { createEmulatedPrinter } from '../../emulator/printer/printer.js';
import { FaultBoard } from '../../faults/board.js';
import { seededRandom } from '../../ground/seeded-random.js';
import { VirtualClock } from '../../ground/virtual-clock.js';
import { steadyClock } from '../../ground/wall-clock.js';
import { memoryLinkPair } from '../../links/memory.js';
import { pacedLink } from '../../links/paced.js';
import { pluggedLink } from '../../links/plug.js';
import { PtyLink } from '../../links/pty.js';
import { SerialLink } from '../../links/serial.js';
import type { Clock } from '../../ports/clock.js';
import type { PrinterProfile } from '../../ports/device.js';
import type { LinkSite } from '../../ports/faults.js';
import type { GlyphSource } from '../../ports/glyphs.js';
import type { Link } from '../../ports/link.js';
import type { Dialect } from '../../printer/dialect.js';
import { createPrinterDriver } from '../../printer/driver.js';
import type { TapedLine } from '../../world/tape.js';
import type { Ground } from '../ground.js';
import { emulatedHands } from '../hands.js';
import { PaperView } from '../paper-view.js';

export interface EmulatedGroundOptions {
  /** What the printer is held against. */
  readonly profile: PrinterProfile;
  /** What the printer really is. Default: the same. */
  readonly emulated?: PrinterProfile;
  /** Of the profile. */
  readonly dialect: Dialect;
  /** Default: the profile's rate. */
  readonly baud?: number;
  /** Draws the characters in pictures. */
  readonly glyphs: GlyphSource;
  /** Put around the host's end of the line: hears what passes. */
  readonly tap?: (link: Link, line: TapedLine) => Link;
}

/** Any rate that a serial port knows; the emulated line follows. */
const RATES = [9_600, 19_200, 38_400, 57_600, 115_200];

/** With an emulated printer there is always paper to look at, and a board of faults. */
type EmulatedGround = Ground & Required<Pick<Ground, 'paper' | 'faults'>>;

/** The two ends of a line, the host's at any rate. */
interface Line {
  readonly clock: Clock;
  readonly clockKind: 'wall' | 'virtual';
  readonly device: Link;
  readonly site: LinkSite;
  host(baud: number): Link;
  close(): void;
}

/**
 * The emulated printer on real wires: a pseudo-terminal, opened through serialport, on the wall clock. The line is as
 * slow as the rate that its host has set. `linkName` is the name of its device, which stays when the cable is pulled out
 * and put back. Throws `PJ_NO_PTY`.
 */
export function emulatedOnWires(options: EmulatedGroundOptions & { readonly linkName: string }): EmulatedGround {
  const pty = new PtyLink({ linkName: options.linkName });
  pty.create();
  const path = options.linkName;
  const { link: device, site } = pluggedLink(
    pacedLink(pty, steadyClock, () => pty.baud),
    steadyClock,
  );
  const hosts = new Map<number, Link>();
  return emulatedGround(options, {
    clock: steadyClock,
    clockKind: 'wall',
    device,
    site,
    host(baud) {
      // The same port again, so that it waits until it is really closed.
      const known = hosts.get(baud) ?? new SerialLink({ path, baud });
      hosts.set(baud, known);
      return known;
    },
    close: () => pty.close(),
  });
}

/** The emulated printer in virtual time: the same parts, no wires, minutes in moments. */
export function emulatedInVirtualTime(
  options: EmulatedGroundOptions,
): EmulatedGround & { readonly clock: VirtualClock } {
  const clock = new VirtualClock();
  let rate = options.baud ?? options.profile.baud;
  const { host, device, site } = memoryLinkPair(clock, { baud: () => rate });
  const line: Line = {
    clock,
    clockKind: 'virtual',
    device,
    site,
    host(baud) {
      rate = baud;
      return host;
    },
    close: () => host.close(),
  };
  return { ...emulatedGround(options, line), clock };
}

function emulatedGround(
  { profile, emulated = profile, dialect, glyphs, tap = (link) => link, ...rest }: EmulatedGroundOptions,
  line: Line,
): EmulatedGround {
  const { clock, clockKind, device, site } = line;
  const printer = createEmulatedPrinter({ clock, link: device, profile: emulated });
  const faults = new FaultBoard({
    sites: { printer: printer.site, printerLink: site },
    clock,
    random: seededRandom(1),
  });
  const baud = rest.baud ?? profile.baud;
  const host = (at: number) => tap(line.host(at), { clock, baud: at });
  return {
    clock,
    clockKind,
    printer: 'emulated',
    profile,
    baud,
    rates: [...new Set([...RATES, profile.baud, baud])].sort((a, b) => a - b),
    whyNoOtherRates: 'the emulated line is tried at the usual rates only',
    link: (at = baud) => host(at),
    openDriver: () => createPrinterDriver({ clock, link: host(baud), profile, dialect }),
    hands: emulatedHands(clock, faults),
    paper: new PaperView(printer, glyphs),
    faults,
    close() {
      faults.clearAll();
      line.close();
      printer.close();
    },
  };
}
