import type { Parser } from './interpreter/parser.js';
import { type RealTimeCommand, RealTimeWatch } from './mechanism/real-time.js';
import { ReceiveBuffer } from './mechanism/receive-buffer.js';

export interface ReceptionOptions {
  readonly capacityBytes: number;
  readonly parser: Parser;
  /** Switched off: what comes is lost. */
  readonly powered: () => boolean;
  /** Hung: what comes is kept, and not looked at. */
  readonly hung: () => boolean;
  /** The mechanism can take nothing now: what comes is buffered, and only looked at for real-time commands. */
  readonly busy: () => boolean;
  readonly obey: (command: RealTimeCommand) => void;
  /** What no longer fits is lost. Default `false`: it is kept, and the line is to be stopped. */
  readonly drops?: boolean;
}

/** What becomes of bytes that come in: real-time commands at once, everything in order as the mechanism gets on. */
export class Reception {
  readonly #options: ReceptionOptions;
  readonly #watch = new RealTimeWatch();
  readonly #buffer: ReceiveBuffer;
  /** What came while it hung, and a command that was next when it did. */
  readonly #unheard: (Uint8Array | RealTimeCommand)[] = [];
  #interpreting = false;
  /** Bytes that came in and did not fit. */
  droppedBytes = 0;

  constructor(options: ReceptionOptions) {
    this.#options = options;
    this.#buffer = new ReceiveBuffer(options.capacityBytes);
  }

  /** Offset in the stream of what is interpreted next. */
  get offset(): number {
    return this.#buffer.offset;
  }

  /** Offset in the stream of what comes in next. */
  get takenBytes(): number {
    const unheard = this.#unheard.reduce((sum, one) => sum + (one instanceof Uint8Array ? one.length : 0), 0);
    return this.#buffer.offset + this.#buffer.length + unheard;
  }

  /** Whether the line is to be stopped, given that it is stopped or not. */
  full(stopped: boolean): boolean {
    return stopped ? !this.#buffer.hasRoom : this.#buffer.isFull;
  }

  /** Nothing more fits. */
  get brimful(): boolean {
    return this.#buffer.free === 0;
  }

  take(bytes: Uint8Array): void {
    const { powered, hung } = this.#options;
    if (!powered()) return;
    if (hung()) this.#unheard.push(bytes);
    else this.#hear(bytes);
  }

  /** It does not hang any more: hears what came meanwhile. */
  resume(): void {
    while (!this.#options.hung()) {
      const next = this.#unheard.shift();
      if (next === undefined) break;
      if (next instanceof Uint8Array) this.#hear(next);
      else this.#options.obey(next);
    }
  }

  /**
   * Real-time commands are carried out where they stand: what came before them is interpreted first, as far as the
   * mechanism lets it, so that it makes no difference how the line cuts the stream.
   */
  #hear(bytes: Uint8Array): void {
    const { powered, hung, obey } = this.#options;
    let at = 0;
    while (at < bytes.length) {
      const to = this.#watch.next(bytes, at);
      const { command } = this.#watch;
      this.#store(bytes, at, to);
      at = to;
      if (!powered()) return;
      if (hung()) {
        this.#unheard.unshift(...(command === undefined ? [] : [command]), bytes.subarray(at));
        return;
      }
      if (command !== undefined) obey(command);
    }
  }

  #store(bytes: Uint8Array, from: number, to: number): void {
    const buffer = this.#buffer;
    for (let at = from; at < to; ) {
      const end = this.#options.drops === true ? Math.min(to, at + buffer.free) : to;
      buffer.append(bytes, at, end);
      this.interpret();
      at = end;
      if (at === to || buffer.free > 0) continue;
      this.droppedBytes += to - at;
      return;
    }
  }

  /** Goes on with what is buffered. */
  interpret(): void {
    const { parser, busy } = this.#options;
    if (this.#interpreting || busy()) return; // Interpreting: called from a listener of what is being interpreted.
    this.#interpreting = true;
    this.#buffer.consume((buffered, start, end, base) => parser.parse(buffered, start, end, base));
    this.#interpreting = false;
  }

  /** Forgets what waits and the command that is under way. */
  clear(): void {
    this.#buffer.clear();
    this.#options.parser.reset();
  }

  /** Forgets everything: the power went. */
  reset(): void {
    this.#buffer.reset();
    this.#options.parser.reset();
    this.#watch.reset();
    this.#unheard.length = 0;
  }
}
