import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

/** What becomes of the next connections: passed on to the printer, accepted and never read, or ended at once. */
export type Welcome = 'pass on' | 'never read' | 'hang up';

interface Connection {
  readonly host: Socket;
  readonly printer: Socket;
}

/**
 * A real network between hosts and one printer, which fails on demand: a TCP server that passes bytes on both ways. What
 * it does to a host is what a printer's network card does; the printer itself only feels that its host is gone.
 */
export class BadNetwork {
  welcome: Welcome = 'pass on';
  /** Answers of the printer arrive so much later; see `catchUp`. */
  answersLateMs = 0;
  /** When each connection was made, ms. */
  readonly connectedMs: number[] = [];
  /** Connections of hosts that are gone on both sides. */
  closed = 0;
  readonly #printerPort: number;
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  /** Answers under way, in order. */
  readonly #late: { readonly host: Socket; readonly bytes: Buffer; readonly timer: NodeJS.Timeout }[] = [];
  /** Runs when so many more bytes have come from a host. */
  #fault: { bytes: number; readonly run: (connection: Connection) => void } | undefined;
  #port: number;

  constructor(printerPort: number, port = 0) {
    this.#printerPort = printerPort;
    this.#port = port;
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (host) => this.#accept(host));
  }

  /** Where hosts have to connect. */
  get port(): number {
    return this.#port;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port; // Always that, for a server on a host and port.
  }

  /** The printer resets the connection, behind so many bytes more. */
  resetAfter(bytes: number): void {
    this.#after(bytes, ({ host }) => host.resetAndDestroy());
  }

  /** The printer says that it will send nothing more, and goes on reading. */
  halfCloseAfter(bytes: number): void {
    this.#after(bytes, ({ host }) => host.end());
  }

  /** From then on answers are late. */
  lateAfter(bytes: number, lateMs: number): void {
    this.#after(bytes, () => {
      this.answersLateMs = lateMs;
    });
  }

  /** What is late arrives now, all at once, and nothing is late any more. */
  catchUp(): void {
    this.answersLateMs = 0;
    while (this.#late.length > 0) this.#arrive();
  }

  /** Nothing more is read; the result lets it go on. */
  stallAfter(bytes: number): () => void {
    let stalled: Socket | undefined;
    this.#after(bytes, ({ host }) => {
      stalled = host;
      host.pause();
    });
    return () => stalled?.resume();
  }

  /** Those that are not read go on: they reach the printer now. */
  readOn(): void {
    this.welcome = 'pass on';
    for (const { host } of this.#connections) host.resume();
  }

  async close(): Promise<void> {
    for (const { timer } of this.#late) clearTimeout(timer);
    for (const { host, printer } of this.#connections) {
      host.destroy();
      printer.destroy();
    }
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #after(bytes: number, run: (connection: Connection) => void): void {
    this.#fault = { bytes, run };
  }

  #accept(host: Socket): void {
    this.connectedMs.push(performance.now());
    host.on('error', () => {}); // It closes, and that is counted.
    host.on('close', () => this.closed++);
    if (this.welcome === 'hang up') {
      host.end();
      host.resume();
      host.on('end', () => host.destroy());
      return;
    }
    const printer = connect(this.#printerPort, '127.0.0.1');
    const connection: Connection = { host, printer };
    this.#connections.add(connection);
    printer.on('error', () => {});
    printer.on('data', (bytes) => this.#answer(host, bytes));
    host.on('data', (bytes) => this.#passOn(connection, bytes));
    host.on('end', () => host.end());
    host.on('close', () => {
      printer.destroy();
      this.#connections.delete(connection);
    });
    if (this.welcome === 'never read') host.pause();
  }

  #answer(host: Socket, bytes: Buffer): void {
    if (this.answersLateMs === 0) {
      if (host.writable) host.write(bytes);
      return;
    }
    const timer = setTimeout(() => this.#arrive(), this.answersLateMs);
    this.#late.push({ host, bytes, timer });
  }

  /** The first of those that are late arrives: nothing overtakes on a connection. */
  #arrive(): void {
    const late = this.#late.shift();
    clearTimeout(late?.timer);
    if (late?.host.writable) late.host.write(late.bytes);
  }

  #passOn(connection: Connection, bytes: Buffer): void {
    const fault = this.#fault;
    if (fault === undefined || fault.bytes > bytes.length) {
      if (fault !== undefined) fault.bytes -= bytes.length;
      connection.printer.write(bytes);
      return;
    }
    this.#fault = undefined;
    const { host, printer } = connection;
    printer.write(bytes.subarray(0, fault.bytes));
    fault.run(connection);
    const rest = bytes.subarray(fault.bytes);
    if (host.isPaused()) host.unshift(rest);
    else if (!host.destroyed) printer.write(rest);
  }
}

/** Listens, and then stands still, so that nothing is ever accepted: the system keeps what comes, until its queue is full. */
const NEVER_ACCEPTS = `
  const { parentPort, workerData } = require('node:worker_threads');
  const server = require('node:net').createServer(() => {});
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(workerData), 0, 0));
  });
`;

export interface BlackHole {
  readonly port: number;
  close(): Promise<void>;
}

/** A port at which attempts to connect get no answer at all, as at the address of a printer that is switched off. */
export async function openBlackHole(): Promise<BlackHole> {
  const worker = new Worker(NEVER_ACCEPTS, { eval: true, workerData: new SharedArrayBuffer(4) });
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  // The queue holds one more than it was asked for; what comes after those is not answered.
  const fillers: Socket[] = [];
  for (let n = 0; n < 2; n++) {
    const filler = connect(port, '127.0.0.1');
    filler.on('error', () => {});
    await new Promise((resolve) => filler.once('connect', resolve));
    fillers.push(filler);
  }
  return {
    port,
    async close() {
      for (const filler of fillers) filler.destroy();
      await worker.terminate();
    },
  };
}
