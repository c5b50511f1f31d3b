import { connect, type Socket } from 'node:net';
import type { Link, LinkListener, LinkLoss } from '../ports/link.js';

export interface TcpOptions {
  readonly host: string;
  readonly port: number;
  /** How long a host that says nothing is tried. Default 5,000. */
  readonly connectMs?: number;
}

const CONNECT_MS = 5_000;
/** A printer that is switched off says nothing; the system asks it after so long a silence. */
const KEEP_ALIVE_MS = 10_000;

/** Network printers serve one computer at a time; whose turn it is they do not tell. */
const HELD = 'Another computer may be using the printer.';

interface Life {
  readonly socket: Socket;
  readonly listener: LinkListener;
  open: boolean;
  /** The other side has said something. */
  heard: boolean;
  pendingBytes: number;
}

/** A printer at the other end of a network: raw bytes both ways over TCP, usually on port 9100. */
export class TcpLink implements Link {
  readonly address: string;
  readonly #options: TcpOptions;
  #life: Life | undefined;

  constructor(options: TcpOptions) {
    const host = options.host.replace(/^\[(.*)\]$/, '$1'); // As an IPv6 address is written in `tcp://[::1]:9100`.
    this.#options = { ...options, host };
    this.address = tcpAddress(host, options.port);
  }

  open(listener: LinkListener): void {
    if (this.#life !== undefined) {
      setImmediate(() => listener.lost({ code: 'busy', message: `${this.address} is open already` }));
      return;
    }
    const { host, port, connectMs = CONNECT_MS } = this.#options;
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      setImmediate(() => listener.lost({ code: 'unsupported', message: `${this.address}: there is no such port` }));
      return;
    }
    const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS });
    const life: Life = { socket, listener, open: false, heard: false, pendingBytes: 0 };
    this.#life = life;
    socket.setTimeout(connectMs, () => this.#lose(life, lossOf(this.address, host, 'ETIMEDOUT', '')));
    socket.on('connect', () => {
      if (this.#life !== life) return;
      socket.setTimeout(0);
      life.open = true;
      listener.opened();
    });
    socket.on('data', (bytes) => {
      if (this.#life !== life) return;
      life.heard = true;
      listener.received(bytes);
    });
    socket.on('end', () => {
      const unheard = life.heard ? '' : ` before it said anything. ${HELD}`;
      this.#lose(life, { code: 'lost', message: `${this.address} has ended the connection${unheard}` });
    });
    socket.on('error', (error) => {
      const code = 'code' in error ? String(error.code) : '';
      const unheard = life.heard ? '' : `. ${HELD}`;
      const gone: LinkLoss = { code: 'lost', message: `${this.address} is gone: ${code || error.message}${unheard}` };
      this.#lose(life, life.open ? gone : lossOf(this.address, host, code, error.message));
    });
    socket.on('close', () => this.#lose(life, { code: 'lost', message: `${this.address} is gone` }));
  }

  write(bytes: Uint8Array): void {
    const life = this.#life;
    if (life?.open !== true || bytes.length === 0) return;
    life.pendingBytes += bytes.length;
    life.socket.write(bytes, (error) => {
      if (error) return; // The socket closes, and says so.
      life.pendingBytes -= bytes.length;
      if (this.#life === life && life.pendingBytes === 0) life.listener.drained();
    });
  }

  get pendingBytes(): number {
    return this.#life?.pendingBytes ?? 0;
  }

  reading(on: boolean): void {
    if (on) this.#life?.socket.resume();
    else this.#life?.socket.pause();
  }

  close(): void {
    this.#life?.socket.destroy();
    this.#life = undefined;
  }

  #lose(life: Life, loss: LinkLoss): void {
    if (this.#life !== life) return;
    this.#life = undefined;
    life.socket.destroy();
    life.listener.lost(loss);
  }
}

/** `tcp://127.0.0.1:9100`, `tcp://[::1]:9100`. */
export function tcpAddress(host: string, port: number): string {
  return `tcp://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function lossOf(address: string, host: string, code: string, message: string): LinkLoss {
  switch (code) {
    case 'ECONNREFUSED':
    case 'ECONNRESET':
      return {
        code: 'refused',
        message: `${address} refuses connections. Is the printer's raw port (9100) enabled? ${HELD}`,
      };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { code: 'missing', message: `${address}: no host is named ${host}, or the name service does not answer` };
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'EHOSTDOWN':
    case 'ENETUNREACH':
      return {
        code: 'missing',
        message: `${address} does not answer. Is the printer switched on and on this network?`,
      };
    case 'EACCES':
    case 'EPERM':
      return { code: 'denied', message: `${address} must not be reached from here (${code})` };
    default:
      return { code: 'unsupported', message: `${address} cannot be reached: ${message}` };
  }
}
