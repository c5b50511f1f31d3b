import fs from 'node:fs';
import { EVENTS, Poller } from '@serialport/bindings-cpp/dist/poller.js';
import type { Link, LinkListener } from '../ports/link.js';
import { isPeerThere, openPtyMaster, type PtyMaster, pointAt, ptyBaud, removeLink } from './pty-master.js';
import { SendQueue } from './send-queue.js';

export interface PtyOptions {
  /** A name that stays the same from run to run: a symbolic link to the device. Default: none, only `/dev/pts/N`. */
  readonly linkName?: string;
}

/** A read of a pseudo-terminal gives at most this much; less means that there is no more now. */
const READ_BYTES = 4_095;
/** Reads in a row before others have their turn. */
const READS_AT_ONCE = 64;
/** How often the line is looked at while nobody has the other side open; it costs half a percent of a core. */
const WATCH_MS = 20;

/**
 * The printer's side of a pseudo-terminal; the other side is a device that any program opens as a serial port.
 *
 * It behaves as a printer's socket: it is there from `open` (or `create`) to `close`, whether or not a program has the
 * other side open, and it outlives every one of them. What is written while none has is lost, as on an unplugged serial
 * line. `close` makes the device vanish: a program that has it open feels a disconnection.
 *
 * The system says when there is something to read or room to write (epoll, through serialport's poller), so an idle link
 * costs nothing. Only the opening of the other side is not announced: it is noticed within 20 ms.
 */
export class PtyLink implements Link {
  readonly #linkName: string | undefined;
  readonly #queue = new SendQueue((bytes) => this.#write(bytes));
  readonly #buffer = new Uint8Array(READ_BYTES);
  #master: PtyMaster | undefined;
  #poller: Poller | undefined;
  #listener: LinkListener | undefined;
  #isOpen = false;
  #takes = true;
  #peerOpen = false;
  #watch: NodeJS.Timeout | undefined;
  #drainDue = false;

  constructor(options: PtyOptions = {}) {
    this.#linkName = options.linkName;
  }

  get address(): string {
    return this.path ?? 'pseudo-terminal';
  }

  /** What a program has to open: the stable name, else the device's; `undefined` while there is no device. */
  get path(): string | undefined {
    return this.#master === undefined ? undefined : (this.#linkName ?? this.#master.devicePath);
  }

  /** The device itself, `/dev/pts/4`; `undefined` while there is none. */
  get devicePath(): string | undefined {
    return this.#master?.devicePath;
  }

  /** Whether a program has the other side open, as last noticed. */
  get peerOpen(): boolean {
    return this.#peerOpen;
  }

  /** The rate that the other side has set, bits a second; 38,400 before anybody has, 0 while there is no device. */
  get baud(): number {
    return this.#master === undefined ? 0 : ptyBaud(this.#master);
  }

  /**
   * Makes the device ahead of `open`, so that its path is known. `PJ_NO_PTY` if there cannot be one.
   */
  create(): void {
    if (this.#master !== undefined) return;
    const master = openPtyMaster();
    try {
      if (this.#linkName !== undefined) pointAt(master.devicePath, this.#linkName);
    } catch (error) {
      fs.closeSync(master.fd);
      throw error;
    }
    this.#master = master;
    this.#poller = new Poller(master.fd);
    this.#poller.on('readable', () => this.#ready(true));
    this.#poller.on('writable', () => this.#ready(false));
  }

  open(listener: LinkListener): void {
    if (this.#listener !== undefined) {
      setImmediate(() => listener.lost({ code: 'busy', message: `${this.address} is open already` }));
      return;
    }
    this.#listener = listener;
    setImmediate(() => {
      if (this.#listener !== listener || this.#isOpen) return;
      try {
        this.create();
      } catch (error) {
        this.#listener = undefined;
        const message = error instanceof Error ? error.message : String(error);
        listener.lost({ code: 'unsupported', message });
        return;
      }
      this.#isOpen = true;
      this.#takes = true;
      this.#look();
      listener.opened();
    });
  }

  write(bytes: Uint8Array): void {
    if (!this.#isOpen || bytes.length === 0) return;
    if (this.#peerOpen) this.#queue.push(bytes);
    this.#sent();
  }

  get pendingBytes(): number {
    return this.#queue.bytes;
  }

  reading(on: boolean): void {
    if (this.#takes === on) return;
    this.#takes = on;
    this.#arm();
  }

  close(): void {
    this.#listener = undefined;
    this.#isOpen = false;
    this.#queue.clear();
    this.#destroy();
  }

  #destroy(): void {
    const master = this.#master;
    if (master === undefined) return;
    this.#master = undefined;
    this.#peerOpen = false;
    clearTimeout(this.#watch);
    this.#poller?.removeAllListeners();
    this.#poller?.stop();
    this.#poller?.destroy();
    fs.closeSync(master.fd);
    if (this.#linkName !== undefined) removeLink(master.devicePath, this.#linkName);
  }

  /** Looks whether somebody has opened the other side, or had it open for a moment and left bytes. */
  #look(): void {
    if (this.#master === undefined) return;
    this.#peerOpen = isPeerThere(this.#master);
    if (this.#peerOpen) this.#arm();
    else this.#watch = setTimeout(() => this.#look(), WATCH_MS);
  }

  /** Asks the system to tell what is of interest now. */
  #arm(): void {
    if (!this.#peerOpen) return;
    this.#poller?.poll((this.#takes ? EVENTS.UV_READABLE : 0) | (this.#queue.bytes > 0 ? EVENTS.UV_WRITABLE : 0));
  }

  #ready(toRead: boolean): void {
    if (!this.#peerOpen) return;
    if (toRead && this.#takes) this.#read();
    else if (!toRead) this.#sent();
    this.#arm();
  }

  #read(): void {
    for (let reads = 0; reads < READS_AT_ONCE && this.#master !== undefined && this.#takes; reads++) {
      const count = this.#readOnce(this.#master.fd);
      if (count === 'gone') {
        this.#peerLeft();
        return;
      }
      if (count > 0) this.#listener?.received(this.#buffer.slice(0, count));
      if (count < READ_BYTES) return;
    }
  }

  #readOnce(fd: number): number | 'gone' {
    try {
      const count = fs.readSync(fd, this.#buffer);
      return count === 0 ? 'gone' : count;
    } catch (error) {
      return codeOf(error) === 'EAGAIN' ? 0 : 'gone'; // EIO: nobody has the other side open.
    }
  }

  #peerLeft(): void {
    this.#peerOpen = false;
    const held = this.#queue.bytes > 0;
    this.#queue.clear();
    if (held) this.#sent();
    this.#look();
  }

  /** Sends what can be sent; with nothing left to send, says so in a later event. */
  #sent(): void {
    this.#queue.send();
    if (this.#queue.bytes > 0) {
      this.#arm();
      return;
    }
    if (this.#drainDue) return;
    this.#drainDue = true;
    setImmediate(() => {
      this.#drainDue = false;
      if (this.#isOpen && this.#queue.bytes === 0) this.#listener?.drained();
    });
  }

  #write(bytes: Uint8Array): number {
    if (this.#master === undefined) return 0;
    try {
      return fs.writeSync(this.#master.fd, bytes);
    } catch (error) {
      return codeOf(error) === 'EAGAIN' ? 0 : bytes.length; // EIO: nobody is there, the bytes are lost.
    }
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');
