import { SerialPort } from 'serialport';
import { lockHolder } from '../ground/file-lock.js';
import type { Link, LinkListener, LinkLoss, ModemLines } from '../ports/link.js';
import { askModemLines, type ModemAnswer, raiseModemLines } from './modem-lines.js';
import { serialBinding } from './serial-binding.js';

export interface SerialOptions {
  /** `/dev/ttyUSB0`, `COM3`, or the name of a pseudo-terminal. */
  readonly path: string;
  /** Bits a second; 8 data bits, no parity, 1 stop bit. */
  readonly baud: number;
  /**
   * What holds the writer back: `none` (default), `xon/xoff` (the system stops at XOFF, 0x13, and swallows it and XON),
   * or `rts/cts`: the printer's busy line on our CTS, if the port has modem lines and the cable carries that one.
   */
  readonly flowControl?: 'none' | 'xon/xoff' | 'rts/cts';
  /** What opens the port. Default: serialport's own, of this platform. */
  readonly binding?: typeof SerialPort.binding;
}

/**
 * Openings and closings of each port, one after the other, whichever link wants them: a port is locked until it is really
 * closed, and a link that is opened as another one closes must not find it busy.
 */
const turns = new Map<string, Promise<void>>();

/** What the port reads ahead while its user does not take anything. */
const READ_AHEAD_BYTES = 4_096;

interface Life {
  readonly listener: LinkListener;
  port: SerialPort | undefined;
  /** The listener has heard `opened`. */
  isUp: boolean;
  /** Written and not yet handed to the system. */
  pendingBytes: number;
  writes: number;
  draining: boolean;
}

/**
 * A serial port as `serialport` opens it: a real one, or the device side of a pseudo-terminal.
 *
 * `drained` follows from tcdrain(3): everything has left the program and, on a real port, the machine. A pseudo-terminal
 * drains at once, whatever its other side has read. What XOFF or CTS holds back is not drained, and stays in
 * `pendingBytes` as soon as the system's own queue is full (on a pseudo-terminal: at once).
 *
 * A cable of three wires never asserts CTS, and a port that waits for it would never send a byte. So CTS is looked at
 * right after a port was opened for `rts/cts`; if it is not asserted, the port is opened anew without. (This way round, DTR
 * drops for a moment only where it leads nowhere.) A printer that is busy just then has a port without it until the next
 * opening: then questions reach it, and it can say why. A port without modem lines has none to wait for.
 */
export class SerialLink implements Link {
  readonly address: string;
  readonly #options: SerialOptions;
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
    const life: Life = { listener, port: undefined, isUp: false, pendingBytes: 0, writes: 0, draining: false };
    this.#life = life;
    this.#inTurn((done) => this.#connect(life, this.#options.flowControl === 'rts/cts', done));
  }

  write(bytes: Uint8Array): void {
    const life = this.#life;
    if (life?.isUp !== true || life.port?.isOpen !== true || bytes.length === 0) return;
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
    if (this.#life?.isUp !== true) return;
    if (on) this.#life.port?.resume();
    else this.#life.port?.pause();
  }

  modemLines(done: (lines: ModemLines | 'none') => void): void {
    const life = this.#life;
    if (life?.isUp !== true || life.port?.isOpen !== true) return;
    askModemLines(life.port, (answer) => {
      if (this.#life !== life) return;
      if (answer instanceof Error) this.#lose(life, this.#goneBy(answer));
      else done(answer);
    });
  }

  close(): void {
    const life = this.#life;
    this.#life = undefined;
    if (life !== undefined) this.#shut(life);
  }

  /** Opens a port and sees to its modem lines; `cts`: writes only while CTS is asserted. */
  #connect(life: Life, cts: boolean, done: () => void): void {
    if (this.#life !== life) {
      done();
      return;
    }
    const port = this.#newPort(life, cts);
    life.port = port;
    /** Its closing, if it was closed in the meantime, is next in turn. */
    const end = (then: () => void = () => {}) => {
      done();
      if (this.#life === life) then();
    };
    port.open((error) => {
      if (error !== null) end(() => this.#lose(life, lossOf(this.#options.path, error.message)));
      else if (this.#life !== life) end();
      else raiseModemLines(port, (answer) => this.#raised(life, port, cts, answer, end));
    });
  }

  #raised(life: Life, port: SerialPort, cts: boolean, answer: ModemAnswer, end: (then?: () => void) => void): void {
    if (this.#life !== life) end();
    else if (answer instanceof Error) end(() => this.#lose(life, this.#goneBy(answer)));
    else if (cts && answer !== 'none' && !answer.cts) port.close(() => this.#connect(life, false, end));
    else end(() => this.#up(life, port));
  }

  #newPort(life: Life, cts: boolean): SerialPort {
    const { path, baud, flowControl, binding = serialBinding } = this.#options;
    const settings = {
      binding, // Taken by the stream that SerialPort extends; its own type leaves it out.
      path,
      baudRate: baud,
      autoOpen: false,
      highWaterMark: READ_AHEAD_BYTES,
      rtscts: cts,
      xon: flowControl === 'xon/xoff', // What stops our output when the printer says so; we never stop the printer.
    };
    const port = new SerialPort(settings);
    port.on('error', (error) => this.#lose(life, this.#goneBy(error)));
    return port;
  }

  #up(life: Life, port: SerialPort): void {
    port.on('close', () => this.#lose(life, { code: 'lost', message: `${this.address} is gone` }));
    port.on('data', (bytes: Buffer) => {
      if (this.#life === life) life.listener.received(bytes);
    });
    life.isUp = true;
    life.listener.opened();
  }

  #goneBy(error: Error): LinkLoss {
    return { code: 'lost', message: `${this.address} is gone: ${error.message}` };
  }

  /** Once nothing waits any more, lets the system tell when all of it has left. */
  #drain(life: Life): void {
    if (this.#life !== life || life.pendingBytes > 0 || life.draining) return;
    life.draining = true;
    const { writes } = life;
    life.port?.drain(() => {
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

  #shut(life: Life): void {
    this.#inTurn((done) => {
      const { port, pendingBytes, draining } = life;
      if (port?.isOpen !== true) done();
      // With output held back (XOFF, CTS), a close waits for it for half a minute and a drain for ever: throw it away first.
      else if (pendingBytes > 0 || draining) port.flush(() => port.close(() => done()));
      else port.close(() => done());
    });
  }

  #inTurn(step: (done: () => void) => void): void {
    const { path } = this.#options;
    const before = turns.get(path) ?? Promise.resolve();
    const turn = before
      .then(() => new Promise<void>(step))
      .then(() => {
        if (turns.get(path) === turn) turns.delete(path);
      });
    turns.set(path, turn);
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
