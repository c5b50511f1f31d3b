import fs from 'node:fs';
import { join } from 'node:path';
import type { PaperjamError } from '../base/errors.js';
import { RecordingFile } from '../ground/recording-file.js';
import type { JobSink } from './job-lines.js';
import type { JobRecording } from './material.js';

const ENDING = '.pjr';

export interface JobLineFilesOptions {
  readonly folder: string;
  /** Of all recordings together; the oldest go first. */
  readonly mostBytes: number;
  readonly failed: (error: PaperjamError) => void;
}

/** The recordings of the latest jobs, a file each, as many as have room. */
export class JobLineFiles {
  readonly #options: JobLineFilesOptions;
  /** Oldest first. */
  readonly #kept: { readonly name: string; bytes: number }[];

  constructor(options: JobLineFilesOptions) {
    this.#options = options;
    this.#kept = listed(options.folder);
    this.#makeRoom();
  }

  /** Begins the recording of a job; `undefined` when it cannot be made, which `failed` is told. */
  open(name: string): JobSink | undefined {
    const file = this.#file(name);
    if (file === undefined) return undefined;
    const kept = { name, bytes: 0 };
    this.#kept.push(kept);
    return {
      append(bytes) {
        kept.bytes += bytes.length;
        file.append(bytes);
      },
      close: () => {
        file.close();
        this.#makeRoom();
      },
    };
  }

  #file(name: string): RecordingFile | undefined {
    try {
      return new RecordingFile(join(this.#options.folder, name + ENDING), this.#options.failed);
    } catch (error) {
      this.#options.failed(error as PaperjamError); // Which is all that it throws.
      return undefined;
    }
  }

  #makeRoom(): void {
    let sum = this.#kept.reduce((bytes, one) => bytes + one.bytes, 0);
    while (sum > this.#options.mostBytes) {
      const oldest = this.#kept.shift();
      if (oldest === undefined) return;
      sum -= oldest.bytes;
      fs.rmSync(join(this.#options.folder, oldest.name + ENDING), { force: true });
    }
  }
}

/** The recordings of a sale's jobs, oldest first. */
export function readJobRecordings(folder: string, saleId: string): JobRecording[] {
  return listed(folder)
    .filter(({ name }) => name.startsWith(`${saleId}-`))
    .sort((a, b) => jobOf(a.name) - jobOf(b.name))
    .map(({ name }) => ({ name, bytes: fs.readFileSync(join(folder, name + ENDING)) }));
}

function jobOf(name: string): number {
  return Number(name.slice(name.lastIndexOf('-') + 1));
}

function listed(folder: string): { name: string; bytes: number }[] {
  if (!fs.existsSync(folder)) return [];
  const files = fs.readdirSync(folder).filter((file) => file.endsWith(ENDING));
  const found = files.map((file) => ({ file, ...statOf(join(folder, file)) }));
  return found
    .sort((a, b) => a.changedMs - b.changedMs || (a.file < b.file ? -1 : 1))
    .map(({ file, bytes }) => ({ name: file.slice(0, -ENDING.length), bytes }));
}

function statOf(path: string): { bytes: number; changedMs: number } {
  const { size, mtimeMs } = fs.statSync(path);
  return { bytes: size, changedMs: mtimeMs };
}
