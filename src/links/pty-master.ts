import fs from 'node:fs';
import { PaperjamError } from '../base/errors.js';
import { type Libc, libc } from '../ground/libc.js';

/** The controlling side of a pseudo-terminal, and the name of the device that is its other side. */
export interface PtyMaster {
  readonly fd: number;
  /** `/dev/pts/4`. */
  readonly devicePath: string;
}

const { O_RDWR, O_NOCTTY, O_NONBLOCK } = fs.constants;
const TCSANOW = 0;
/** No C library has a larger `struct termios` (glibc 60 bytes, macOS 72). */
const TERMIOS_BYTES = 256;
const POLLIN = 1;
const POLLOUT = 4;
const POLLHUP = 16;
/** Linux: ioctl TCGETS2 fills a `struct termios2`, whose rates are plain numbers. */
const TCGETS2 = 0x802c542a;
const TERMIOS2_BYTES = 44;
const TERMIOS2_OSPEED = 40;
/** macOS: `c_ospeed` in `struct termios`, a 64-bit number. */
const MACOS_OSPEED = 64;

/** Makes a pseudo-terminal that passes every byte as it is; nobody has its device open. `PJ_NO_PTY` if there is none. */
export function openPtyMaster(): PtyMaster {
  const c = libc();
  if (c === undefined) {
    throw noPty('Windows has none', 'Let the printer listen on TCP instead, or join two ports with com0com.');
  }
  let fd: number | undefined;
  try {
    fd = fs.openSync('/dev/ptmx', O_RDWR | O_NOCTTY | O_NONBLOCK);
    if (c.grantpt(fd) !== 0 || c.unlockpt(fd) !== 0) throw new Error(`it cannot be unlocked (${c.errno()})`);
    const devicePath = c.ptsname(fd);
    if (devicePath === null) throw new Error(`it has no name (${c.errno()})`);
    makeRaw(c, devicePath);
    return { fd, devicePath };
  } catch (cause) {
    if (fd !== undefined) fs.closeSync(fd);
    throw noPty(
      cause instanceof Error ? cause.message : String(cause),
      'Is /dev/pts mounted, with numbers left (/proc/sys/kernel/pty)? Otherwise let the printer listen on TCP.',
      cause,
    );
  }
}

/**
 * Whether somebody has the device open, or has left bytes in it. On Linux a master whose device was opened and closed
 * again reports a hang-up, and it does so here from the beginning, because making it raw opened the device once.
 */
export function isPeerThere(master: PtyMaster): boolean {
  const fds = new Uint8Array(8); // struct pollfd: int fd; short events; short revents
  const view = new DataView(fds.buffer);
  view.setInt32(0, master.fd, true);
  view.setInt16(4, POLLIN | POLLOUT, true);
  libc()?.poll(fds, 1, 0);
  const events = view.getInt16(6, true);
  return (events & POLLHUP) === 0 || (events & POLLIN) !== 0;
}

/** The rate that the device is set to, in bits a second: 38,400 until a program sets another. */
export function ptyBaud(master: PtyMaster): number {
  const c = libc();
  if (process.platform === 'linux') {
    const termios = new Uint8Array(TERMIOS2_BYTES);
    return c?.ioctl(master.fd, TCGETS2, termios) === 0
      ? new DataView(termios.buffer).getUint32(TERMIOS2_OSPEED, true)
      : 0;
  }
  const termios = new Uint8Array(TERMIOS_BYTES);
  const known = process.platform === 'darwin' && c?.tcgetattr(master.fd, termios) === 0;
  return known ? Number(new DataView(termios.buffer).getBigUint64(MACOS_OSPEED, true)) : 0;
}

/** Points a symbolic link at the device, in one step for whoever looks. Only another symbolic link is replaced. */
export function pointAt(devicePath: string, linkName: string): void {
  const advice = 'Choose another name for the device.';
  if (pointsAt(linkName) === undefined && fs.existsSync(linkName)) {
    throw noPty(`${linkName} exists and is not a symbolic link`, advice);
  }
  const fresh = `${linkName}.${process.pid}`;
  try {
    fs.rmSync(fresh, { force: true });
    fs.symlinkSync(devicePath, fresh);
    fs.renameSync(fresh, linkName);
  } catch (cause) {
    throw noPty(`${linkName} cannot be made: ${cause instanceof Error ? cause.message : cause}`, advice, cause);
  }
}

/** Removes the symbolic link if it still points at the device. */
export function removeLink(devicePath: string, linkName: string): void {
  if (pointsAt(linkName) === devicePath) fs.rmSync(linkName, { force: true });
}

function pointsAt(linkName: string): string | undefined {
  try {
    return fs.readlinkSync(linkName);
  } catch {
    return undefined;
  }
}

function makeRaw(c: Libc, devicePath: string): void {
  const fd = fs.openSync(devicePath, O_RDWR | O_NOCTTY | O_NONBLOCK);
  try {
    const termios = new Uint8Array(TERMIOS_BYTES);
    if (c.tcgetattr(fd, termios) !== 0) throw new Error(`its settings cannot be read (${c.errno()})`);
    c.cfmakeraw(termios);
    if (c.tcsetattr(fd, TCSANOW, termios) !== 0) throw new Error(`its settings cannot be changed (${c.errno()})`);
  } finally {
    fs.closeSync(fd);
  }
}

const noPty = (problem: string, advice: string, cause?: unknown) =>
  new PaperjamError('PJ_NO_PTY', { problem, advice }, { cause });
