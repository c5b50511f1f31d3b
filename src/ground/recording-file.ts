import fs from 'node:fs';
import { dirname, resolve } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import { makeFolder } from './make-folder.js';

/** What a test lets fail. */
export interface RecordingFileCalls {
  /** As `fs.write`, in the background. */
  write(fd: number, bytes: Uint8Array, position: number, done: (error: Error | null, written: number) => void): void;
  writeNow(fd: number, bytes: Uint8Array, position: number): number;
}

const DISK: RecordingFileCalls = {
  write: (fd, bytes, position, done) => fs.write(fd, bytes, 0, bytes.length, position, done),
  writeNow: (fd, bytes, position) => fs.writeSync(fd, bytes, 0, bytes.length, position),
};

/** What waits goes to the system after so long, or at once when it is so much. */
const WRITE_AFTER_MS = 100;
const WRITE_AT_BYTES = 65_536;
/** What was written is made durable this often while something is written, and at the end. */
const SYNC_EVERY_MS = 1_000;
/** So much may wait for a disk that is slow; then it is too slow. */
const WAITING_MOST_BYTES = 1 << 26;

/**
 * A file made anew that only grows, for records that must not hold up what they are about: bytes are written in the
 * background. A killed process loses at most the last 100 ms, a power cut about the last second.
 *
 * The first failure ends it: it is told once, and what is appended afterwards is dropped.
 */
export class RecordingFile {
  readonly path: string;
  readonly #calls: RecordingFileCalls;
  readonly #failed: (error: PaperjamError) => void;
  readonly #fd: number;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  /** Is being written now, from `#length` on. */
  #underWay: Uint8Array | undefined;
  /** Bytes that are in the file for certain. */
  #length = 0;
  #syncedMs = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #over = false;

  /** Makes the file, its folders included. `PJ_RECORDING_EXISTS`, or `PJ_RECORDING_WRITE` with another reason. */
  constructor(path: string, failed: (error: PaperjamError) => void, calls: Partial<RecordingFileCalls> = {}) {
    this.path = resolve(path);
    this.#failed = failed;
    this.#calls = { ...DISK, ...calls };
    try {
      makeFolder(dirname(this.path));
      this.#fd = fs.openSync(this.path, 'wx', 0o600);
    } catch (cause) {
      if (codeOf(cause) === 'EEXIST' && fs.existsSync(this.path))
        throw new PaperjamError('PJ_RECORDING_EXISTS', { file: path }, { cause });
      throw this.#failure(cause);
    }
  }

  append(bytes: Uint8Array): void {
    if (this.#over) return;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes < WRITE_AT_BYTES) this.#timer ??= setTimeout(() => this.#write(), WRITE_AFTER_MS).unref();
    else if (this.#underWay === undefined) this.#write();
    else if (this.#waitingBytes > WAITING_MOST_BYTES) this.#fail(new Error('the disk does not keep up'));
  }

  /** Writes what waits, makes it durable, and closes the file. Idempotent. */
  close(): void {
    if (this.#over) return;
    try {
      // What is under way may not be there yet; written twice it is the same.
      this.#writeNow([this.#underWay ?? new Uint8Array(0), ...this.#waiting]);
      fs.fdatasyncSync(this.#fd);
      this.#end();
    } catch (cause) {
      this.#fail(cause);
    }
  }

  /** Closes the file and removes it: there is nothing in it. */
  remove(): void {
    this.#end();
    fs.rmSync(this.path, { force: true });
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#over || this.#underWay !== undefined || this.#waitingBytes === 0) return;
    const bytes = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#underWay = bytes;
    this.#send(bytes, 0);
  }

  #send(bytes: Uint8Array, at: number): void {
    this.#calls.write(this.#fd, bytes.subarray(at), this.#length + at, (error, written) => {
      if (this.#over) this.#closeFile();
      else if (error !== null || written === 0) this.#fail(error ?? new Error('the system took no byte'));
      else if (at + written < bytes.length) this.#send(bytes, at + written);
      else {
        this.#length += bytes.length;
        this.#sync();
      }
    });
  }

  #sync(): void {
    const nowMs = performance.now();
    if (nowMs - this.#syncedMs < SYNC_EVERY_MS) {
      this.#goOn();
      return;
    }
    this.#syncedMs = nowMs;
    this.#underWay = new Uint8Array(0); // So that it counts as busy.
    fs.fdatasync(this.#fd, (error) => {
      if (this.#over) this.#closeFile();
      else if (error !== null) this.#fail(error);
      else this.#goOn();
    });
  }

  #goOn(): void {
    this.#underWay = undefined;
    if (this.#waitingBytes >= WRITE_AT_BYTES) this.#write();
    else if (this.#waitingBytes > 0) this.#timer ??= setTimeout(() => this.#write(), WRITE_AFTER_MS).unref();
  }

  #writeNow(parts: readonly Uint8Array[]): void {
    let position = this.#length;
    for (const part of parts) {
      for (let at = 0; at < part.length; ) {
        const written = this.#calls.writeNow(this.#fd, part.subarray(at), position);
        if (written === 0) throw new Error('the system took no byte');
        at += written;
        position += written;
      }
    }
  }

  #fail(cause: unknown): void {
    const error = this.#failure(cause);
    this.#end();
    this.#failed(error);
  }

  #end(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#waiting = [];
    this.#waitingBytes = 0;
    if (this.#underWay === undefined) this.#closeFile(); // Else when that is over: the number must not be reused before.
  }

  #closeFile(): void {
    this.#underWay = undefined;
    fs.close(this.#fd, () => {}); // All that matters was synced, or has failed and was told.
  }

  #failure(cause: unknown): PaperjamError {
    const problem = PROBLEMS[codeOf(cause)] ?? (cause instanceof Error ? cause.message : String(cause));
    return new PaperjamError('PJ_RECORDING_WRITE', { file: this.path, problem }, { cause });
  }
}

const PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is a file',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EFBIG: 'the file would be larger than is allowed',
};

const codeOf = (cause: unknown): string => (cause instanceof Error && 'code' in cause ? String(cause.code) : '');
