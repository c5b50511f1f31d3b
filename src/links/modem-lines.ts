import type { SerialPort } from 'serialport';
import type { ModemLines } from '../ports/link.js';

/** What a port says of its modem lines; an error is a fault of the port. */
export type ModemAnswer = ModemLines | 'none' | Error;

/** ENOTTY in the words of glibc and macOS, and of musl; the binding reports the system's errors only as text. */
const NOT_A_TTY = /inappropriate ioctl|not a tty/i;

/** Asks an open port for its modem lines. Not answered when the port is closed meanwhile by its user. */
export function askModemLines(port: SerialPort, done: (answer: ModemAnswer) => void): void {
  port.get((error, status) => {
    if (error !== null) done(noneOrFault(error));
    else if (status === undefined)
      done(new Error('no lines were told')); // Never, but the type allows it.
    else done({ cts: status.cts, dsr: status.dsr, dcd: status.dcd });
  });
}

/**
 * Asserts DTR and RTS where the port has them, so that the printer sees a host that is there and may answer; then tells
 * the lines. Linux does so by itself when a port is opened, other systems and some adapters do not.
 */
export function raiseModemLines(port: SerialPort, done: (answer: ModemAnswer) => void): void {
  port.get((error, status) => {
    if (error !== null) {
      done(noneOrFault(error));
      return;
    }
    // Linux only, and not in the type: unsaid, `set` would switch a short latency off that somebody has switched on.
    const lowLatency = status !== undefined && 'lowLatency' in status && status.lowLatency === true;
    const outputs = { dtr: true, rts: true, lowLatency };
    port.set(outputs, (failed) => {
      if (failed === null) askModemLines(port, done);
      else done(noneOrFault(failed));
    });
  });
}

const noneOrFault = (error: Error): ModemAnswer => (NOT_A_TTY.test(error.message) ? 'none' : error);
