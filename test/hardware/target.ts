import { createEmulatedPrinter } from '../../src/emulator/printer/printer.js';
import { wallClock } from '../../src/ground/wall-clock.js';
import { pacedLink } from '../../src/links/paced.js';
import { PtyLink } from '../../src/links/pty.js';
import type { PrinterProfile } from '../../src/ports/device.js';
import type { Link } from '../../src/ports/link.js';
import type { Dialect } from '../../src/printer/dialect.js';
import { realPrinterLink } from '../../src/world/real-printer.js';
import { prepareDevice } from '../../src/world/simulated.js';

/** The printer that is tested. */
export interface Target {
  /** `/dev/ttyUSB0`, `tcp://192.168.1.50:9100`. */
  readonly where: string;
  readonly profile: PrinterProfile;
  readonly dialect: Dialect;
  /** A new way to it; not open. */
  link(): Link;
  close(): void;
}

/**
 * The printer that `PAPERJAM_PORT` names: a serial port, or `tcp://host:9100`. `PAPERJAM_DEVICE` says which model it is
 * (default `epson-tm-m30`) and `PAPERJAM_BAUD` its line rate (default: the model's). Without `PAPERJAM_PORT` it is an
 * emulated one at the other end of a pseudo-terminal, as fast as a real one.
 */
export async function openTarget(env: NodeJS.ProcessEnv): Promise<Target> {
  // Set to nothing is not set: so a build leaves them when no printer is at hand.
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const { PAPERJAM_PORT: port, PAPERJAM_DEVICE: device = 'epson-tm-m30', PAPERJAM_BAUD: rate } = set;
  const { profile, dialect } = await prepareDevice(device);
  const baud = rate === undefined ? profile.baud : Number(rate);
  if (!Number.isInteger(baud) || baud < 300) {
    throw new Error(`PAPERJAM_BAUD is ${rate}, and has to be a line rate in bits a second, 300 or more.`);
  }
  const { path, close } = port === undefined ? emulated(profile, baud) : { path: port, close: () => {} };
  return { where: path, profile, dialect, link: () => realPrinterLink(path, baud, profile.flowControl), close };
}

function emulated(profile: PrinterProfile, baud: number): { path: string; close(): void } {
  const pty = new PtyLink();
  pty.create();
  const link = pacedLink(pty, wallClock, baud);
  const printer = createEmulatedPrinter({ clock: wallClock, link, profile, timing: 'profile' });
  return { path: pty.path ?? '', close: () => printer.close() };
}
