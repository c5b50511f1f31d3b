import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PaperjamError } from '../../src/base/errors.js';
import { RecordingFile, type RecordingFileCalls } from '../../src/ground/recording-file.js';

let folder: string;
let path: string;
let failures: PaperjamError[];

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'paperjam-recording-'));
  path = join(folder, 'bench', 'a.pjr');
  failures = [];
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const make = (calls: Partial<RecordingFileCalls> = {}) =>
  new RecordingFile(path, (error) => failures.push(error), calls);
const text = (of: string) => Buffer.from(of);
const content = () => fs.readFileSync(path, 'latin1');

/** Writes of the background that happen when the test lets them. */
function heldWrites() {
  const held: (() => void)[] = [];
  const write: RecordingFileCalls['write'] = (fd, bytes, position, done) =>
    held.push(() => fs.write(fd, bytes, 0, bytes.length, position, done));
  return { held, write };
}

describe('a file for a recording', () => {
  test('is made with its folders, and holds what was appended when it is closed', () => {
    const file = make();
    file.append(text('one '));
    file.append(text('two'));
    file.close();
    file.close();
    file.append(text('too late'));
    expect(content()).toBe('one two');
    expect(failures).toEqual([]);
  });

  test('is written while it grows, without being closed', async () => {
    let written = () => {};
    const done = new Promise<void>((resolve) => {
      written = resolve;
    });
    const file = make({
      write: (fd, bytes, position, then) =>
        fs.write(fd, bytes, 0, bytes.length, position, (error, count) => {
          then(error, count);
          written();
        }),
    });
    file.append(text('before the power goes'));
    await done;
    expect(content()).toBe('before the power goes');
    file.close();
  });

  test('is whole when it is closed in the middle of a write', async () => {
    const { held, write } = heldWrites();
    const file = make({ write });
    file.append(Buffer.alloc(65_536, 'a'));
    file.append(text('behind'));
    expect(held.length).toBe(1);
    file.close();
    expect(content()).toBe(`${'a'.repeat(65_536)}behind`);
    held[0]?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(content()).toBe(`${'a'.repeat(65_536)}behind`);
  });

  test('is never written over: what is there stays', () => {
    fs.mkdirSync(join(folder, 'bench'));
    fs.writeFileSync(path, 'evidence');
    expect(make).toThrow(new PaperjamError('PJ_RECORDING_EXISTS', { file: path }));
    expect(content()).toBe('evidence');
  });

  test('is gone again when nothing came of it', () => {
    make().remove();
    expect(fs.existsSync(path)).toBe(false);
  });

  test('cannot be made where there is a file instead of a folder', () => {
    fs.writeFileSync(join(folder, 'bench'), '');
    expect(make).toThrow(/cannot be written: a part of the path is a file/);
  });
});

describe('a disk that fails', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });

  test('is told once, and what is appended afterwards is dropped', async () => {
    const { held, write } = heldWrites();
    const file = make({ write: (fd, bytes, position, done) => write(fd, bytes, position, () => done(full, 0)) });
    file.append(Buffer.alloc(65_536, 'a'));
    held[0]?.();
    await new Promise<void>((resolve) => {
      const look = () => (failures.length > 0 ? resolve() : setImmediate(look));
      look();
    });
    file.append(Buffer.alloc(65_536, 'b'));
    file.close();
    expect(held.length).toBe(1);
    expect(failures.map(({ code, message }) => [code, message])).toEqual([
      [
        'PJ_RECORDING_WRITE',
        `The recording ${path} cannot be written: the disk is full. Nothing more is recorded; the rest goes on.`,
      ],
    ]);
  });

  test('is told at the end too', () => {
    const file = make({
      writeNow: () => {
        throw full;
      },
    });
    file.append(text('last words'));
    file.close();
    expect(failures.map(({ code }) => code)).toEqual(['PJ_RECORDING_WRITE']);
  });

  test('that takes nothing for 64 MB is given up, so that memory stays bounded', () => {
    const { write } = heldWrites();
    const file = make({ write });
    const megabyte = Buffer.alloc(1 << 20);
    for (let i = 0; i < 70; i++) file.append(megabyte);
    expect(failures.map(({ message }) => message)).toEqual([expect.stringContaining('the disk does not keep up')]);
    file.close();
  });
});
