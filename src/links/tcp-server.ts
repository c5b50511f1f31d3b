import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { PaperjamError } from '../base/errors.js';
import { listenError } from '../base/listen-error.js';
import type { Link, LinkListener } from '../ports/link.js';
import { tcpAddress } from './tcp.js';

export interface TcpServerOptions {
  /** Default `127.0.0.1`: only programs on this machine. */
  readonly host?: string;
  /** 0: any free one, which stays the same from then on. */
  readonly port: number;
  /** How long a client that has sent all that it will send may still be answered, from its last answer on. Default 300. */
  readonly lingerMs?: number;
}

const LINGER_MS = 300;
/** Clients beyond these are turned away. */
const WAITING_MAX = 16;
const KEEP_ALIVE_MS = 10_000;

interface Client {
  readonly socket: Socket;
  pendingBytes: number;
  linger: NodeJS.Timeout | undefined;
}

/**
 * The printer's side of raw TCP printing (port 9100).
 *
 * One client is served at a time; further ones are connected and wait, unread, as at a printer's network card. Their
 * coming and going is not told: the printer's socket is there from `open` (or `listen`) to `close`. What is written while
 * no client is served is lost, and what was meant for one client never reaches the next.
 */
export class TcpServerLink implements Link {
  readonly #host: string;
  readonly #lingerMs: number;
  #port: number;
  #server: Server | undefined;
  #listener: LinkListener | undefined;
  #isOpen = false;
  #takes = true;
  #client: Client | undefined;
  readonly #waiting: Socket[] = [];
  #drainDue = false;

  constructor(options: TcpServerOptions) {
    this.#host = options.host ?? '127.0.0.1';
    this.#port = options.port;
    this.#lingerMs = options.lingerMs ?? LINGER_MS;
  }

  get address(): string {
    return tcpAddress(this.#host, this.#port);
  }

  /** Where it listens; with port 0 known once it does. */
  get port(): number {
    return this.#port;
  }

  /** Begins to listen, ahead of `open`. `PJ_PORT_IN_USE`, or `PJ_LISTEN` with another reason. */
  async listen(): Promise<void> {
    if (this.#server !== undefined) return;
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true });
    this.#server = server;
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen({ host: this.#host, port: this.#port }, resolve);
      });
    } catch (cause) {
      if (this.#server === server) this.#server = undefined;
      throw listenError(cause, 'printer', this.#host, this.#port);
    }
    if (this.#server !== server) return; // Closed in the meantime.
    this.#port = (server.address() as AddressInfo).port; // Always that, for a server on a host and port.
    server.on('connection', (socket) => this.#connected(socket));
    server.on('error', () => {}); // A connection that could not be accepted; the others go on.
  }

  open(listener: LinkListener): void {
    if (this.#listener !== undefined) {
      setImmediate(() => listener.lost({ code: 'busy', message: `${this.address} is open already` }));
      return;
    }
    this.#listener = listener;
    this.listen().then(
      () => {
        if (this.#listener !== listener || this.#isOpen) return;
        this.#isOpen = true;
        this.#takes = true;
        listener.opened();
        this.#serveNext();
      },
      (error: Error) => {
        if (this.#listener !== listener) return;
        this.#listener = undefined;
        const inUse = error instanceof PaperjamError && error.code === 'PJ_PORT_IN_USE';
        listener.lost({ code: inUse ? 'busy' : 'unsupported', message: error.message });
      },
    );
  }

  write(bytes: Uint8Array): void {
    if (!this.#isOpen || bytes.length === 0) return;
    const client = this.#client;
    if (client === undefined || !client.socket.writable) {
      this.#drained();
      return;
    }
    client.pendingBytes += bytes.length;
    client.linger?.refresh();
    client.socket.write(bytes, (error) => {
      if (error) return; // The socket closes, and the next client has its turn.
      client.pendingBytes -= bytes.length;
      if (client === this.#client && client.pendingBytes === 0) this.#drained();
    });
  }

  get pendingBytes(): number {
    return this.#client?.pendingBytes ?? 0;
  }

  reading(on: boolean): void {
    this.#takes = on;
    if (on) this.#client?.socket.resume();
    else this.#client?.socket.pause();
  }

  close(): void {
    this.#listener = undefined;
    this.#isOpen = false;
    this.#server?.close();
    this.#server = undefined;
    for (const socket of this.#waiting.splice(0)) socket.destroy();
    this.#client?.socket.destroy();
    this.#client = undefined;
  }

  #connected(socket: Socket): void {
    socket.on('error', () => {}); // It closes, and that is enough to know.
    if (this.#waiting.length >= WAITING_MAX) {
      socket.destroy();
      return;
    }
    this.#waiting.push(socket);
    this.#serveNext();
  }

  #serveNext(): void {
    if (!this.#isOpen || this.#client !== undefined) return;
    const socket = this.#waiting.shift();
    if (socket === undefined) return;
    const client: Client = { socket, pendingBytes: 0, linger: undefined };
    this.#client = client;
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    socket.on('data', (bytes) => {
      if (this.#client === client) this.#listener?.received(bytes);
    });
    socket.on('end', () => {
      client.linger = setTimeout(() => hangUp(socket), this.#lingerMs);
    });
    socket.on('close', () => {
      clearTimeout(client.linger);
      if (this.#client !== client) return;
      this.#client = undefined;
      if (client.pendingBytes > 0) this.#drained();
      this.#serveNext();
    });
    if (this.#takes) socket.resume();
  }

  #drained(): void {
    if (this.#drainDue) return;
    this.#drainDue = true;
    setImmediate(() => {
      this.#drainDue = false;
      if (this.#isOpen && this.pendingBytes === 0) this.#listener?.drained();
    });
  }
}

/** Ends a connection whose client has ended it too; one that does not take the last bytes is cut off. */
function hangUp(socket: Socket): void {
  socket.end();
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}
