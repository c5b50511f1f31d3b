import type { SerialPort } from 'serialport';
import type { ModemLines } from '../../src/ports/link.js';

/** What serialport opens a port with, as far as it matters here. */
interface OpenOptions {
  readonly path: string;
  readonly baudRate: number;
  readonly rtscts: boolean;
  readonly xon: boolean;
}

/**
 * A serial port with modem lines, for `SerialLink`'s option `binding`: what the other end asserts can be changed, what is
 * asked of the port is kept, and output that waits for CTS does wait.
 */
export class FakePort {
  readonly path = '/dev/ttyFake0';
  /** What the other end asserts. */
  lines: ModemLines = { cts: true, dsr: true, dcd: false };
  /** What the system says to every question about the lines, in the binding's words. */
  fault: string | undefined;
  /** How it was opened, each time. */
  readonly openings: { rtscts: boolean; xon: boolean }[] = [];
  /** What its outputs were set to, each time. */
  readonly outputs: object[] = [];
  /** What it was told to do, in order. */
  readonly doings: string[] = [];
  /** Called after each of these, to react to it. */
  after: (doing: string) => void = () => {};
  /** Draining takes until `drained`. */
  holdsDrain = false;
  /** All that has left it. */
  sent = '';
  #open: FakeOpenPort | undefined;

  get binding(): typeof SerialPort.binding {
    const fake = { list: async () => [], open: async (options: OpenOptions) => this.#opened(options) };
    return fake as unknown as typeof SerialPort.binding; // The type is the union of the bindings of real systems.
  }

  /** The printer is ready for more, or busy. */
  clearToSend(on: boolean): void {
    this.lines = { ...this.lines, cts: on };
    if (on) this.#open?.goOn();
  }

  drained(): void {
    this.#open?.goOn();
  }

  /** Bytes from the printer. */
  says(text: string): void {
    this.#open?.arrive(Buffer.from(text, 'latin1'));
  }

  did(doing: string): void {
    this.doings.push(doing);
    this.after(doing);
  }

  #opened(options: OpenOptions): FakeOpenPort {
    if (this.#open?.isOpen === true) throw new Error('Error Resource temporarily unavailable Cannot lock port');
    this.#open = new FakeOpenPort(this, options);
    const { rtscts, xon } = this.#open.openOptions;
    this.openings.push({ rtscts, xon });
    this.did('open');
    return this.#open;
  }
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** From its opening to its closing, as serialport's stream speaks to a binding. */
class FakeOpenPort {
  readonly openOptions: OpenOptions;
  isOpen = true;
  readonly #port: FakePort;
  #arrived = Buffer.alloc(0);
  #reading: Waiting | undefined;
  /** Output that waits for CTS. */
  #writing: Waiting | undefined;
  #draining: Waiting | undefined;

  constructor(port: FakePort, options: OpenOptions) {
    this.#port = port;
    this.openOptions = options;
  }

  arrive(bytes: Buffer): void {
    this.#arrived = Buffer.concat([this.#arrived, bytes]);
    this.#reading?.resolve();
  }

  goOn(): void {
    this.#writing?.resolve();
    this.#draining?.resolve();
  }

  async read(buffer: Buffer, offset: number, length: number) {
    if (this.#arrived.length === 0) {
      await new Promise<void>((resolve, reject) => {
        this.#reading = { resolve, reject };
      });
    }
    const bytesRead = this.#arrived.copy(buffer, offset, 0, length);
    this.#arrived = this.#arrived.subarray(bytesRead);
    return { buffer, bytesRead };
  }

  async write(bytes: Buffer): Promise<void> {
    if (this.openOptions.rtscts && !this.#port.lines.cts) {
      await new Promise<void>((resolve, reject) => {
        this.#writing = { resolve, reject };
      });
    }
    this.#port.sent += bytes.toString('latin1');
  }

  async drain(): Promise<void> {
    this.#port.did('drain');
    if (!this.#port.holdsDrain && (!this.openOptions.rtscts || this.#port.lines.cts)) return;
    await new Promise<void>((resolve, reject) => {
      this.#draining = { resolve, reject };
    });
  }

  async flush(): Promise<void> {
    this.#port.did('flush');
    this.#draining?.resolve();
  }

  async close(): Promise<void> {
    this.isOpen = false;
    this.#port.did('close');
    const canceled = Object.assign(new Error('closed'), { canceled: true });
    this.#reading?.reject(canceled);
    this.#writing?.reject(canceled);
  }

  async get(): Promise<ModemLines> {
    if (this.#port.fault !== undefined) throw new Error(`Error: ${this.#port.fault}, cannot get`);
    return this.#port.lines;
  }

  async set(outputs: object): Promise<void> {
    if (this.#port.fault !== undefined) throw new Error(`Error: ${this.#port.fault}, cannot set`);
    this.#port.outputs.push(outputs);
  }

  async update(): Promise<void> {}

  async getBaudRate() {
    return { baudRate: this.openOptions.baudRate };
  }
}
