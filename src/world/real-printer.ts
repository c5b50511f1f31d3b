import { join, resolve } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import { requireEmulated } from '../emulator/printer/language.js';
import { createEmulatedPrinter, type EmulatedPrinter } from '../emulator/printer/printer.js';
import { FileStorage } from '../ground/file-storage.js';
import { wallClock } from '../ground/wall-clock.js';
import { EitherLink } from '../links/either.js';
import { memoryLinkPair } from '../links/memory.js';
import { pacedLink } from '../links/paced.js';
import { pluggedLink } from '../links/plug.js';
import { PtyLink } from '../links/pty.js';
import { SerialLink } from '../links/serial.js';
import { TcpLink } from '../links/tcp.js';
import { TcpServerLink } from '../links/tcp-server.js';
import type { PrinterProfile } from '../ports/device.js';
import type { LinkSite } from '../ports/faults.js';
import type { Link } from '../ports/link.js';
import type { Tape } from './tape.js';

/** A printer at the end of a wire: the terminal's end, where people find it, and what faults can take hold of. */
export interface WiredPrinter {
  /** The terminal's end of the wire; not open. */
  readonly link: Link;
  readonly site: LinkSite;
  /** For people, and other programs. */
  readonly printer: string;
  readonly printerTcp?: string;
  readonly emulated?: EmulatedPrinter;
}

/** What is closed again at the end, the last opened first. */
export type Closings = (() => void | Promise<void>)[];

export interface PrinterChoice {
  /** `emulated`, `in-process`, a serial path, or `tcp://host:port`. */
  readonly where: string;
  /** Where the emulated printer keeps its paper, and the stable name of its pseudo-terminal. */
  readonly directory: string;
  readonly profile: PrinterProfile;
  readonly baud: number;
  /** Whether the emulated line and mechanism take the time that real ones take. */
  readonly pacing: boolean;
  /** Records what goes over the terminal's end of the wire. */
  readonly tape?: Tape | undefined;
}

/** The emulated printer on a pseudo-terminal and on TCP, or the way to a real one. */
export async function wirePrinter(choice: PrinterChoice, closings: Closings): Promise<WiredPrinter> {
  if (choice.where === 'emulated') return emulatedPrinter(choice, closings);
  if (choice.where === 'in-process') return printerInProcess(choice, closings);
  const wire = realPrinterLink(choice.where, choice.baud, choice.profile.flowControl);
  await tryLink(wire, choice.where);
  const { link, site } = pluggedLink(taped(wire, choice), wallClock, { end: 'host' });
  return { link, site, printer: choice.where };
}

async function emulatedPrinter(choice: PrinterChoice, closings: Closings): Promise<WiredPrinter> {
  const { directory, profile, baud, pacing } = choice;
  requireEmulated(profile);
  const paper = openPaper(choice, closings); // Its lock comes first: the name of the pseudo-terminal may be somebody else's.
  const pty = new PtyLink({ linkName: resolve(directory, 'tty') });
  pty.create();
  const tcp = new TcpServerLink({ port: 0 });
  await tcp.listen();
  const plugged = pluggedLink(pacedLink(pty, wallClock, pacing ? baud : 0), wallClock);
  const link = new EitherLink(wallClock, [plugged.link, tcp]);
  const emulated = printerAt(link, choice, paper, closings);
  const { path = '', devicePath = '' } = pty;
  return {
    link: taped(new SerialLink({ path, baud: profile.baud }), choice),
    site: plugged.site,
    printer: `${devicePath}, always ${path}`,
    printerTcp: tcp.address,
    emulated,
  };
}

/** The emulated printer at the other end of a cable in memory: no device, no `serialport`, and nobody else can print on it. */
function printerInProcess(choice: PrinterChoice, closings: Closings): WiredPrinter {
  requireEmulated(choice.profile);
  const paper = openPaper(choice, closings);
  const cable = memoryLinkPair(wallClock, { baud: choice.pacing ? choice.baud : 0 });
  const emulated = printerAt(cable.device, choice, paper, closings);
  return { link: taped(cable.host, choice), site: cable.site, printer: 'in this process', emulated };
}

function openPaper({ directory }: PrinterChoice, closings: Closings): FileStorage {
  const storage = new FileStorage(join(directory, 'paper.jsonl'));
  closings.push(() => storage.close());
  return storage;
}

function printerAt(
  link: Link,
  { profile, pacing }: PrinterChoice,
  storage: FileStorage,
  closings: Closings,
): EmulatedPrinter {
  const timing = pacing ? 'profile' : 'instant';
  const emulated = createEmulatedPrinter({ clock: wallClock, link, profile, storage, timing });
  closings.push(() => emulated.close());
  return emulated;
}

function taped(link: Link, { tape, baud, where }: PrinterChoice): Link {
  if (tape === undefined) return link;
  return tape.link(link, { clock: wallClock, baud: TCP.test(where) ? 0 : baud });
}

const TCP = /^tcp:\/\/(.+):(\d+)$/;

/**
 * The way to a real printer, `/dev/ttyUSB0` or `tcp://host:9100`; not open.
 *
 * On a serial port the system itself obeys the printer's flow control. The driver would do so too late: adapters hold up
 * to some kilobytes, and a printer with XOFF has room for a hundred bytes more. The price is that questions wait behind
 * the job while the printer is busy; bytes that are not `drained` show it, and so does CTS (`modemLines`). TCP holds back
 * by itself.
 */
export function realPrinterLink(where: string, baud: number, flowControl: PrinterProfile['flowControl']): Link {
  const tcp = TCP.exec(where);
  if (tcp !== null) return new TcpLink({ host: tcp[1] ?? '', port: Number(tcp[2]) });
  return new SerialLink({ path: where, baud, flowControl: flowControl === 'xon/xoff' ? 'xon/xoff' : 'rts/cts' });
}

/** Opens a real printer's wire once, so that a wrong path or a locked port is said at the start: `PJ_PRINTER_LINK`. */
function tryLink(link: Link, where: string): Promise<void> {
  return new Promise((resolve, reject) => {
    link.open({
      opened() {
        link.close();
        resolve();
      },
      received() {},
      drained() {},
      lost: ({ code, message }) => reject(new PaperjamError('PJ_PRINTER_LINK', { where, code, message })),
    });
  });
}
