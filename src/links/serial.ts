import { SerialPort } from 'serialport';
import { lockHolder } from '../ground/file-lock.js';
import type { Link, LinkListener, LinkLoss } from '../ports/link.js';
import { serialBinding } from './serial-binding.js';

export interface SerialOptions {
  /** `/dev/ttyUSB0`, `COM3`, or the name of a pseudo-terminal. */
  readonly path: string;
  /** Bits a second; 8 data bits, no parity, 1 stop bit. */
  readonly baud: number;
  /**
   * What holds the writer back: `none` (default), `xon/xoff` (the system stops at XOFF, 0x13, and swallows it and XON),
   * or `rts/cts` (real ports only; a pseudo-terminal ignores it).
   */
  readonly flowControl?: 'none' | 'xon/xoff' | 'rts/cts';
}

/** What the port reads ahead while its user does not take anything. */
const READ_AHEAD_BYTES = 4_096;

interface Life {
  readonly port: SerialPort;
  readonly listener: LinkListener;
  /** Written and not yet handed to the system. */
  pendingBytes: number;
  writes: number;
  draining: boolean;
}

/**
 * A serial port as `serialport` opens it: a real one, or the device side of a pseudo-terminal.
 *
 * `drained` follows from tcdrain(3): everything has left the program and, on a real port, the machine. A pseudo-terminal
 * drains at once, whatever its other side has read.
 */
export class SerialLink implements Link {
  readonly address: string;
  readonly #options: SerialOptions;
  /** Openings and closings of the port, one after the other: it is locked until it is really closed. */
  #turn: Promise<void> = Promise.resolve();
  #life: Life | undefined;

  constructor(options: SerialOptions) {
    this.#options = options;
    this.address = `${options.path} at ${options.baud}`;
  }

  open(listener: LinkListener): void {
    if (this.#life !== undefined) {
      setImmediate(() => listener.lost({ code: 'busy', message: `${this.address} is open already` }));
      return;
    }
    const { path, baud, flowControl } = this.#options;
    const settings = {
      binding: serialBinding, // Taken by the stream that SerialPort extends; its own type leaves it out.
      path,
      baudRate: baud,
      autoOpen: false,
      highWaterMark: READ_AHEAD_BYTES,
      rtscts: flowControl === 'rts/cts',
      xon: flowControl === 'xon/xoff', // What stops our output when the printer says so; we never stop the printer.
    };
    const port = new SerialPort(settings);
    const life: Life = { port, listener, pendingBytes: 0, writes: 0, draining: false };
    this.#life = life;
    port.on('error', (error) =>
      this.#lose(life, { code: 'lost', message: `${this.address} is gone: ${error.message}` }),
    );
    port.on('close', () => this.#lose(life, { code: 'lost', message: `${this.address} is gone` }));
    port.on('data', (bytes: Buffer) => {
      if (this.#life === life) listener.received(bytes);
    });
    this.#inTurn((done) => {
      if (this.#life !== life) {
        done();
        return;
      }
      port.open((error) => {
        done();
        if (this.#life !== life) return; // Closed in the meantime, and the closing is next in turn.
        if (error === null) listener.opened();
        else this.#lose(life, lossOf(path, error.message));
      });
    });
  }

  write(bytes: Uint8Array): void {
    const life = this.#life;
    if (life?.port.isOpen !== true || bytes.length === 0) return;
    life.pendingBytes += bytes.length;
    life.writes++;
    life.port.write(bytes, (error) => {
      if (error) return; // The port closes itself, and says so.
      life.pendingBytes -= bytes.length;
      this.#drain(life);
    });
  }

  get pendingBytes(): number {
    return this.#life?.pendingBytes ?? 0;
  }

  reading(on: boolean): void {
    if (on) this.#life?.port.resume();
    else this.#life?.port.pause();
  }

  close(): void {
    const life = this.#life;
    this.#life = undefined;
    if (life !== undefined) this.#shut(life);
  }

  /** Once nothing waits any more, lets the system tell when all of it has left. */
  #drain(life: Life): void {
    if (this.#life !== life || life.pendingBytes > 0 || life.draining) return;
    life.draining = true;
    const { writes } = life;
    life.port.drain(() => {
      life.draining = false;
      if (this.#life !== life) return;
      if (life.writes === writes) life.listener.drained();
      else this.#drain(life);
    });
  }

  #lose(life: Life, loss: LinkLoss): void {
    if (this.#life !== life) return; // `close` comes twice when a write fails on a dead port.
    this.#life = undefined;
    this.#shut(life);
    life.listener.lost(loss);
  }

  #shut({ port, pendingBytes, draining }: Life): void {
    this.#inTurn((done) => {
      if (!port.isOpen) done();
      // With output held back (XOFF), a close waits for it for half a minute and a drain for ever: throw it away first.
      else if (pendingBytes > 0 || draining) port.flush(() => port.close(() => done()));
      else port.close(() => done());
    });
  }

  #inTurn(step: (done: () => void) => void): void {
    this.#turn = this.#turn.then(() => new Promise(step));
  }
}

/** The binding reports the system's errors only as text. */
function lossOf(path: string, message: string): LinkLoss {
  if (/no such file|file not found|no such device|cannot find/i.test(message)) {
    return { code: 'missing', message: `There is no serial port ${path}. Is the printer plugged in and switched on?` };
  }
  if (/cannot lock|resource busy|access denied/i.test(message)) {
    return { code: 'busy', message: `${path} is in use by ${lockHolder(path)}. Stop that program first.` };
  }
  if (/permission denied|not permitted/i.test(message)) {
    const help = process.platform === 'linux' ? ' Add the user to the group that owns it (often dialout).' : '';
    return { code: 'denied', message: `${path} must not be opened by this user.${help}` };
  }
  return { code: 'unsupported', message: `${path} cannot be opened as a serial port: ${message}` };
}
