import fs from 'node:fs';
import { dirname, resolve } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import type { RottingStorage } from '../ports/storage.js';
import { lockFile, lockHolder, unlockFile } from './file-lock.js';
import { makeFolder } from './make-folder.js';

/** The calls that can fail on a disk while the terminal is at work; handed in by tests that let them fail. */
export interface FileCalls {
  write(fd: number, bytes: Uint8Array, offset: number, length: number, position: number): number;
  truncate(fd: number, length: number): void;
  datasync(fd: number, done: (error: Error | null) => void): void;
  rename(from: string, to: string): void;
  syncFolder(path: string): void;
}

const DISK: FileCalls = {
  write: fs.writeSync,
  truncate: fs.ftruncateSync,
  datasync: fs.fdatasync,
  rename: fs.renameSync,
  syncFolder,
};

const READ_BYTES = 1 << 24;

/**
 * A file that only grows, made durable by fdatasync(2).
 *
 * Fault model: a killed process keeps every appended byte that it had handed to the system, a power cut every synced
 * byte. An append that does not fit is cut off the file again, so that it never ends in half a record. After a failed
 * write or sync the state of the disk is not known: nothing more is stored and every sync fails, until `truncate` says
 * anew where the content ends, or the file is opened anew. A file that is replaced is the old one or the new one, whole,
 * whenever the power goes.
 *
 * Appends go to the system at once; syncs run in the background, one at a time, and all that are asked for while one is
 * under way share the next one (group commit).
 */
export class FileStorage implements RottingStorage {
  readonly address: string;
  readonly #calls: FileCalls;
  #fd: number;
  #length: number;
  #syncedLength: number;
  #failure: PaperjamError | undefined;
  #waiting: ((error?: Error) => void)[] = [];
  #syncing = false;
  #closed = false;

  /**
   * Opens or makes the file, its folders included, and locks it. `PJ_STORAGE_LOCKED` if somebody else has it, even this
   * program; `PJ_STORAGE_OPEN` with the reason for anything else.
   */
  constructor(path: string, calls: Partial<FileCalls> = {}) {
    this.address = resolve(path);
    this.#calls = { ...DISK, ...calls };
    this.#fd = openLocked(this.address);
    this.#length = fs.fstatSync(this.#fd).size;
    this.#syncedLength = this.#length;
  }

  get length(): number {
    return this.#length;
  }

  read(): Uint8Array {
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    while (at < bytes.length) {
      const count = this.#try('read', () =>
        fs.readSync(this.#fd, bytes, at, Math.min(bytes.length - at, READ_BYTES), at),
      );
      if (count === 0) break; // Somebody has cut the file in spite of the lock; the journal's chain will tell.
      at += count;
    }
    return bytes.subarray(0, at);
  }

  append(bytes: Uint8Array): void {
    if (this.#closed || this.#failure !== undefined) return;
    try {
      this.#write(this.#fd, bytes, this.#length);
      this.#length += bytes.length;
    } catch (cause) {
      this.#failure = this.#failed('written', bytes.length, cause);
      try {
        this.#calls.truncate(this.#fd, this.#length);
      } catch {
        // The half of a record stays, at the end, where the next start finds and removes it.
      }
    }
  }

  sync(done: (error?: Error) => void): void {
    if (this.#closed) return;
    this.#waiting.push(done);
    if (this.#syncing) return;
    this.#syncing = true;
    queueMicrotask(() => this.#sync()); // So that all calls of this turn share it.
  }

  truncate(length: number): void {
    if (this.#closed) return;
    const kept = Math.min(length, this.#length);
    this.#try('cut back', () => {
      this.#calls.truncate(this.#fd, kept);
      fs.fsyncSync(this.#fd);
    });
    this.#length = kept;
    this.#syncedLength = kept;
    this.#failure = undefined;
  }

  /** Beside it, and then moved to its place. The lock goes over before: there is no moment in which nobody has it. */
  replace(content: Iterable<Uint8Array>): void {
    if (this.#closed) return;
    if (this.#syncing) throw new Error(`${this.address} is replaced while it is synced`);
    const action = 'written anew';
    const place = this.#try(action, () => fs.realpathSync(this.address)); // A link stays one.
    const draft = `${place}.new`;
    const fd = this.#try(action, () => fs.openSync(draft, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o600));
    let length = 0;
    try {
      if (lockFile(fd) !== 'ok') throw new Error(`${draft} cannot be locked`);
      fs.ftruncateSync(fd); // A killed run may have left it.
      fs.fchmodSync(fd, fs.fstatSync(this.#fd).mode & 0o777);
      for (const bytes of content) length += this.#write(fd, bytes, length);
      fs.fsyncSync(fd);
      this.#calls.rename(draft, place);
    } catch (cause) {
      fs.closeSync(fd);
      fs.rmSync(draft, { force: true });
      throw this.#failed(action, length, cause);
    }
    fs.closeSync(this.#fd);
    this.#fd = fd;
    this.#length = length;
    this.#syncedLength = length;
    try {
      this.#calls.syncFolder(dirname(place));
      this.#failure = undefined;
    } catch (cause) {
      this.#failure = this.#failed(action, length, cause); // What is appended might be gone with the new name.
      throw this.#failure;
    }
  }

  /** Flips one bit (0: the lowest) in the file, as a failing disk would. `false` if there is no such byte. */
  rot(offset: number, bit: number): boolean {
    if (this.#closed || offset < 0 || offset >= this.#length) return false;
    return this.#try('changed', () => {
      const byte = new Uint8Array(1);
      fs.readSync(this.#fd, byte, 0, 1, offset);
      byte[0] = (byte[0] ?? 0) ^ (1 << (bit & 7));
      return fs.writeSync(this.#fd, byte, 0, 1, offset) === 1;
    });
  }

  /** Syncs what was appended and gives the file and its lock back. Nobody is answered any more. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#waiting = [];
    try {
      if (this.#syncedLength < this.#length) fs.fdatasyncSync(this.#fd);
    } catch {
      // Whoever asked for a sync was not answered, and so relies on nothing.
    }
    unlockFile(this.#fd);
    if (!this.#syncing) fs.closeSync(this.#fd); // Else when the sync under way is over: the number must not be reused before.
  }

  #write(fd: number, bytes: Uint8Array, position: number): number {
    for (let at = 0; at < bytes.length; ) {
      const count = this.#calls.write(fd, bytes, at, bytes.length - at, position + at);
      if (count === 0) throw new Error('the system took no byte');
      at += count;
    }
    return bytes.length;
  }

  #sync(): void {
    if (this.#closed) {
      fs.closeSync(this.#fd);
      return;
    }
    const served = this.#waiting;
    this.#waiting = [];
    if (this.#failure !== undefined || this.#syncedLength === this.#length) {
      this.#answer(served, this.#failure);
      return;
    }
    const length = this.#length;
    this.#calls.datasync(this.#fd, (error) => {
      if (error) this.#failure ??= this.#failed('synced', length - this.#syncedLength, error);
      else this.#syncedLength = Math.max(this.#syncedLength, length);
      this.#answer(served, error ? this.#failure : undefined);
    });
  }

  #answer(served: readonly ((error?: Error) => void)[], error: Error | undefined): void {
    for (const done of served) {
      if (this.#closed) break;
      done(error);
    }
    if (this.#closed || this.#waiting.length > 0) this.#sync();
    else this.#syncing = false;
  }

  #failed(action: string, bytes: number, cause: unknown): PaperjamError {
    const data = { path: this.address, bytes, action, problem: problemOf(cause) };
    const full = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(cause));
    return new PaperjamError(full ? 'PJ_STORAGE_FULL' : 'PJ_STORAGE_FAILED', data, { cause });
  }

  #try<T>(action: string, call: () => T): T {
    try {
      return call();
    } catch (cause) {
      throw this.#failed(action, 0, cause);
    }
  }
}

function openLocked(path: string): number {
  let fd: number | undefined;
  try {
    makeDurableFolder(dirname(path));
    fd = fs.openSync(path, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o600);
    if (!fs.fstatSync(fd).isFile()) throw openError(path, 'it is not a file', 'Choose another path.');
    const lock = lockFile(fd);
    if (lock === 'locked') throw new PaperjamError('PJ_STORAGE_LOCKED', { path, holder: lockHolder(path) });
    if (lock !== 'ok')
      throw openError(path, `it cannot be locked (${lock.failure})`, 'Use a folder on a local disk (--data DIR).');
    if (fs.fstatSync(fd).ino !== fs.statSync(path).ino) {
      fs.closeSync(fd); // Whoever had it has replaced it meanwhile: this is the old one.
      fd = undefined;
      return openLocked(path);
    }
    fs.fsyncSync(fd);
    syncFolder(dirname(path));
    return fd;
  } catch (cause) {
    if (fd !== undefined) fs.closeSync(fd);
    if (cause instanceof PaperjamError) throw cause;
    throw openError(
      path,
      problemOf(cause),
      ADVICE[codeOf(cause)] ?? 'Mend this, or use another folder (--data DIR).',
      cause,
    );
  }
}

/** Makes a folder with those above it, each durable in the one that it lies in. */
function makeDurableFolder(folder: string): void {
  const first = makeFolder(folder, 0o700);
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) syncFolder(dirname(made));
}

/** A new name in a folder survives a power cut only when the folder is synced too. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return; // Folders cannot be opened there, and need not.
  const fd = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

const PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is a file',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EIO: 'the disk reports an error (EIO)',
};

const ADVICE: Readonly<Record<string, string>> = {
  EACCES: 'Give this user the right to read and write it, or use another folder (--data DIR).',
  EPERM: 'Give this user the right to read and write it, or use another folder (--data DIR).',
  EROFS: 'Use a folder on a disk that can be written (--data DIR).',
  ENOSPC: 'Free some space there, or use another folder (--data DIR).',
};

const openError = (path: string, problem: string, advice: string, cause?: unknown) =>
  new PaperjamError('PJ_STORAGE_OPEN', { path, problem, advice }, { cause });

const codeOf = (cause: unknown): string => (cause instanceof Error && 'code' in cause ? String(cause.code) : '');

function problemOf(cause: unknown): string {
  return PROBLEMS[codeOf(cause)] ?? (cause instanceof Error ? cause.message : String(cause));
}
