import { type FileHandle, open, stat } from 'node:fs/promises';
import { PaperjamError } from '../base/errors.js';
import type { RecordedEvent, RecordingHeader } from '../links/recording/format.js';
import { type RecordingEnd, RecordingParser } from '../links/recording/parser.js';

const CHUNK_BYTES = 65_536;

/** A recording that is being read, from beginning to end, without keeping it. */
export interface RecordingReading {
  readonly header: RecordingHeader;
  /** Everything in order, once. Throws `PJ_RECORDING_DAMAGED` behind the last that is whole. */
  events(): AsyncGenerator<RecordedEvent, RecordingEnd>;
  close(): Promise<void>;
}

/** Opens a recording and reads its header. Throws `PJ_RECORDING`, `PJ_RECORDING_VERSION`, `PJ_RECORDING_DAMAGED`. */
export async function openRecording(file: string): Promise<RecordingReading> {
  const handle = await openFile(file);
  try {
    const parser = new RecordingParser(file);
    let atEnd = false;
    const more = async () => {
      const bytes = await read(handle, file);
      atEnd = bytes.length === 0;
      return parser.feed(bytes);
    };
    let begun = await more();
    let first = begun.next();
    while (parser.header === undefined && !atEnd) {
      begun = await more();
      first = begun.next();
    }
    const { header } = parser;
    if (header === undefined) {
      parser.finish(); // Says what is wrong.
      throw notRead(file, 'it has no header');
    }

    async function* events(): AsyncGenerator<RecordedEvent, RecordingEnd> {
      if (first.done !== true) yield first.value;
      yield* begun;
      while (!atEnd) yield* await more();
      return parser.finish();
    }
    return { header, events, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    const found = await stat(file); // Before it is opened: opening a pipe would wait for its writer.
    if (!found.isFile()) throw notRead(file, found.isDirectory() ? 'it is a folder' : 'it is not a file');
    return await open(file, 'r');
  } catch (cause) {
    throw cause instanceof PaperjamError ? cause : systemError(file, cause);
  }
}

async function read(handle: FileHandle, file: string): Promise<Uint8Array> {
  try {
    const { bytesRead, buffer } = await handle.read({ buffer: Buffer.allocUnsafe(CHUNK_BYTES) });
    return buffer.subarray(0, bytesRead);
  } catch (cause) {
    throw systemError(file, cause);
  }
}

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file',
  EACCES: 'permission denied',
};

function systemError(file: string, cause: unknown): PaperjamError {
  if (!(cause instanceof Error) || !('code' in cause)) throw cause;
  return notRead(file, PROBLEMS[String(cause.code)] ?? cause.message, cause);
}

function notRead(file: string, problem: string, cause?: unknown): PaperjamError {
  return new PaperjamError('PJ_RECORDING', { file, problem }, { cause });
}
