/** `paperjam printer` as somebody's software meets it: a serial port, a TCP port, and HTTP. */
import fs from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import { call } from './api.js';
import { killStrays, Program } from './program.js';
import { until } from './until.js';

const folders: string[] = [];

/** For `afterEach` of each file: ends every program that still runs, and removes the folders. */
export async function cleanUp(): Promise<void> {
  await killStrays();
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
}

/** A folder of its own, until `cleanUp`. */
export function newFolder(): string {
  const folder = fs.mkdtempSync(join(tmpdir(), 'paperjam-printer-'));
  folders.push(folder);
  return folder;
}

export interface PaperOnList {
  readonly n: number;
  readonly heightMm: number;
  readonly cut: string | null;
  readonly lines: readonly string[];
}

/** A printer that runs as its own process. */
export class PrinterFace {
  readonly program: Program;
  readonly data: string;

  constructor(data: string, args: readonly string[] = []) {
    this.data = data;
    this.program = new Program(['printer', '--data', data, '--tcp', '0', '--http', '0', ...args]);
  }

  /** Where it says that it is. */
  async #where(what: 'serial' | 'tcp' | 'http'): Promise<string> {
    await this.program.says(/^ready$/m);
    return (await this.program.says(new RegExp(`^ {2}${what} +(\\S+)`, 'm')))[1] ?? '';
  }

  serial(): Promise<string> {
    return this.#where('serial');
  }

  http(): Promise<string> {
    return this.#where('http');
  }

  async tcpPort(): Promise<number> {
    return Number(/:(\d+)$/.exec(await this.#where('tcp'))?.[1]);
  }

  async papers(): Promise<readonly PaperOnList[]> {
    const { papers } = await call<{ papers: PaperOnList[] }>(await this.http(), 'GET', '/v1/papers');
    return papers;
  }

  /** All paper, as soon as so many pieces have been cut off. */
  cut(pieces: number): Promise<readonly PaperOnList[]> {
    return until(
      async () => {
        const papers = await this.papers();
        return papers.filter(({ cut }) => cut !== null).length >= pieces && papers;
      },
      () => `${pieces} pieces of paper:\n${this.program.stdout}`,
    );
  }
}

export interface OpenPort {
  readonly port: SerialPort;
  /** What has come back so far. */
  readonly answers: () => Buffer;
  close(): Promise<void>;
}

/** An unmodified `serialport`. */
export async function openPort(path: string, options: { baudRate?: number; xon?: boolean } = {}): Promise<OpenPort> {
  const { baudRate = 115_200, xon = false } = options;
  const port = new SerialPort({ path, baudRate, xon, xoff: xon, autoOpen: false });
  const parts: Buffer[] = [];
  port.on('data', (part: Buffer) => parts.push(part));
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  return {
    port,
    answers: () => Buffer.concat(parts),
    close: () => new Promise((resolve, reject) => port.close((error) => (error ? reject(error) : resolve()))),
  };
}

/** Sends bytes over TCP as a print server does; gives what came back when the printer hung up. */
export function sendTcp(port: number, bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    socket.on('data', (part) => parts.push(part));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(parts)));
  });
}

export const CUT = Buffer.from('1d5600', 'hex');
