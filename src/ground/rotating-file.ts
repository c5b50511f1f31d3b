import fs from 'node:fs';
import { dirname, resolve } from 'node:path';
import { makeFolder } from './make-folder.js';

/** What was written is made durable this often while something is written, and at the end. */
const SYNC_EVERY_MS = 1_000;

export interface RotatingFileOptions {
  readonly path: string;
  /** Of both files together. The older lines go first, half of them at a time. */
  readonly mostBytes: number;
  /** Hears once that it cannot be written any more; what comes afterwards is dropped. */
  readonly failed: (error: Error) => void;
}

/**
 * A log of lines that keeps the newest: when the file has half of what is allowed it becomes `….1`, in the place of the one
 * before, and a new one is begun. A killed program loses nothing, a power cut about the last second. What it is about goes on without it.
 */
export class RotatingFile {
  readonly #options: RotatingFileOptions;
  readonly #path: string;
  #fd: number | undefined;
  #length = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: RotatingFileOptions) {
    this.#options = options;
    this.#path = resolve(options.path);
    this.#try(() => {
      makeFolder(dirname(this.#path), 0o700);
      this.#open();
    });
  }

  /** One line, without its end. A line that is longer than half of all is left out. */
  append(line: string): void {
    if (this.#fd === undefined) return;
    const bytes = Buffer.from(`${line}\n`);
    const half = this.#options.mostBytes / 2;
    if (bytes.length > half) return;
    this.#try(() => {
      if (this.#length + bytes.length > half) this.#rotate();
      fs.writeSync(this.#fd ?? -1, bytes);
      this.#length += bytes.length;
      this.#timer ??= setTimeout(() => this.#sync(), SYNC_EVERY_MS).unref();
    });
  }

  /** Idempotent. */
  close(): void {
    clearTimeout(this.#timer);
    const fd = this.#fd;
    this.#fd = undefined;
    if (fd === undefined) return;
    this.#try(() => fs.fdatasyncSync(fd));
    fs.closeSync(fd);
  }

  #open(): void {
    this.#fd = fs.openSync(this.#path, 'a', 0o600);
    this.#length = fs.fstatSync(this.#fd).size;
    // A line that a power cut tore is ended, so that the next one is a line by itself.
    if (this.#length > 0 && !endsLine(this.#path, this.#length)) this.#length += fs.writeSync(this.#fd, '\n');
  }

  #rotate(): void {
    if (this.#fd !== undefined) fs.closeSync(this.#fd);
    this.#fd = undefined;
    fs.renameSync(this.#path, olderOf(this.#path));
    this.#open();
  }

  #sync(): void {
    this.#timer = undefined;
    if (this.#fd !== undefined) fs.fdatasync(this.#fd, () => {}); // It is the second chance; the bytes are with the system.
  }

  #try(write: () => void): void {
    try {
      write();
    } catch (cause) {
      if (this.#fd !== undefined) fs.closeSync(this.#fd);
      this.#fd = undefined;
      this.#options.failed(cause instanceof Error ? cause : new Error(String(cause)));
    }
  }
}

/** The lines of both files, oldest first, without an end that was torn. Throws the system's error. */
export function readRotated(path: string): string[] {
  return [olderOf(path), path].flatMap((file) => {
    if (!fs.existsSync(file)) return [];
    return fs.readFileSync(file, 'utf8').split('\n').slice(0, -1);
  });
}

function olderOf(path: string): string {
  return `${path}.1`;
}

function endsLine(path: string, length: number): boolean {
  const fd = fs.openSync(path, 'r');
  try {
    const last = Buffer.alloc(1);
    fs.readSync(fd, last, 0, 1, length - 1);
    return last[0] === 0x0a;
  } finally {
    fs.closeSync(fd);
  }
}
