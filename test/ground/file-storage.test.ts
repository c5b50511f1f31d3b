import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PaperjamError } from '../../src/base/errors.js';
import { type FileCalls, FileStorage } from '../../src/ground/file-storage.js';
import { compileGround } from './compiled.js';

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const synced = (storage: FileStorage) =>
  new Promise<Error | undefined>((resolve) => storage.sync((error) => resolve(error)));

let folder: string;
let path: string;
const open: FileStorage[] = [];

function openStorage(at = path, calls?: Partial<FileCalls>): FileStorage {
  const storage = new FileStorage(at, calls);
  open.push(storage);
  return storage;
}

function failureOf(run: () => unknown): PaperjamError {
  try {
    run();
  } catch (error) {
    if (error instanceof PaperjamError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'paperjam-storage-'));
  path = join(folder, 'data', 'terminal', 'journal.jsonl');
});

afterEach(() => {
  for (const storage of open.splice(0)) storage.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('a file', () => {
  test('keeps what was appended, in folders that it makes', async () => {
    const storage = openStorage();
    expect(storage.address).toBe(path);
    storage.append(bytesOf('one\n'));
    storage.append(bytesOf('two\n'));
    expect(await synced(storage)).toBeUndefined();
    expect(textOf(storage.read())).toBe('one\ntwo\n');
    storage.close();
    storage.close();
    expect(textOf(openStorage().read())).toBe('one\ntwo\n');
    expect(fs.statSync(path).mode & 0o777).toBe(0o600);
  });

  test('answers a sync never from inside the call, also with nothing to sync', async () => {
    const storage = openStorage();
    let inside = true;
    const answered = new Promise<boolean>((resolve) => storage.sync(() => resolve(inside)));
    inside = false;
    expect(await answered).toBe(false);
  });

  test('syncs asked for while one is under way share the next one', async () => {
    const under: (() => void)[] = [];
    let calls = 0;
    const storage = openStorage(path, {
      datasync: (fd, done) => {
        calls++;
        under.push(() => fs.fdatasync(fd, done));
      },
    });
    const answers: number[] = [];
    const ask = (name: number) =>
      new Promise<void>((resolve) => {
        storage.append(bytesOf(`${name}\n`));
        storage.sync(() => {
          answers.push(name);
          resolve();
        });
      });
    const first = ask(0);
    await Promise.resolve();
    const others = [1, 2, 3, 4, 5].map(ask);
    under.shift()?.();
    await first;
    expect([calls, answers]).toEqual([2, [0]]);
    under.shift()?.();
    await Promise.all(others);
    expect([calls, answers]).toEqual([2, [0, 1, 2, 3, 4, 5]]);
  });

  test('syncs of one turn share one', async () => {
    let calls = 0;
    const storage = openStorage(path, {
      datasync: (fd, done) => {
        calls++;
        fs.fdatasync(fd, done);
      },
    });
    await Promise.all(
      Array.from({ length: 50 }, (_, i) => {
        storage.append(bytesOf(`${i}\n`));
        return synced(storage);
      }),
    );
    expect(calls).toBe(1);
    await synced(storage);
    expect(calls).toBe(1); // Nothing was new.
  });

  test('is cut back where a torn tail was found', async () => {
    fs.mkdirSync(join(folder, 'data', 'terminal'), { recursive: true });
    fs.writeFileSync(path, 'whole\nto');
    const storage = openStorage();
    storage.truncate(6);
    storage.append(bytesOf('next\n'));
    await synced(storage);
    expect(fs.readFileSync(path, 'utf8')).toBe('whole\nnext\n');
  });

  test('rots where it is told to, on the disk itself, and heals there', () => {
    const storage = openStorage();
    storage.append(bytesOf('abc'));
    expect(storage.rot(1, 0)).toBe(true);
    expect(fs.readFileSync(path, 'utf8')).toBe('acc');
    expect([storage.rot(1, 0), storage.rot(3, 0), storage.rot(-1, 0)]).toEqual([true, false, false]);
    expect(textOf(storage.read())).toBe('abc');
    storage.close();
    expect(storage.rot(1, 0)).toBe(false);
  });

  test('closed with a sync under way gives its lock back at once, stores all, and answers nobody', async () => {
    const storage = openStorage();
    let answered = false;
    storage.append(bytesOf('last words'));
    storage.sync(() => {
      answered = true;
    });
    await Promise.resolve();
    storage.close();
    storage.append(bytesOf('from the grave'));
    expect(textOf(openStorage().read())).toBe('last words');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(answered).toBe(false);
  });
});

describe('a disk that fails', () => {
  const failing = (code: string) => Object.assign(new Error(`${code}: injected`), { code });

  test('half of an append that found no room is taken off again, and nothing is built upon it', async () => {
    const storage = openStorage(path, {
      write(fd, bytes, offset, length, position) {
        if (position + length <= 12) return fs.writeSync(fd, bytes, offset, length, position);
        const room = 12 - position;
        if (room <= 0) throw failing('ENOSPC');
        return fs.writeSync(fd, bytes, offset, room, position);
      },
    });
    storage.append(bytesOf('12345678\n'));
    storage.append(bytesOf('abcdefgh\n'));
    storage.append(bytesOf('x\n'));
    const error = await synced(storage);
    expect(error).toMatchObject({ code: 'PJ_STORAGE_FULL', data: { path, bytes: 9 } });
    expect(error?.message).toContain(path);
    expect(error?.message).toContain('Free some space');
    expect(fs.readFileSync(path, 'utf8')).toBe('12345678\n');
    expect(await synced(storage)).toBe(error);
    storage.close();
    const next = openStorage();
    next.append(bytesOf('y\n'));
    expect(await synced(next)).toBeUndefined();
    expect(fs.readFileSync(path, 'utf8')).toBe('12345678\ny\n');
  });

  test('the system that takes bytes in small pieces gets them all', async () => {
    const storage = openStorage(path, {
      write: (fd, bytes, offset, length, position) => fs.writeSync(fd, bytes, offset, Math.min(length, 3), position),
    });
    storage.append(bytesOf('a line of some length\n'));
    await synced(storage);
    expect(fs.readFileSync(path, 'utf8')).toBe('a line of some length\n');
  });

  test('after a failed sync every further one fails, until the end is set anew', async () => {
    let failures = 1;
    const storage = openStorage(path, {
      datasync: (fd, done) => (failures-- > 0 ? setImmediate(done, failing('EIO')) : fs.fdatasync(fd, done)),
    });
    storage.append(bytesOf('a'));
    expect(await synced(storage)).toMatchObject({
      code: 'PJ_STORAGE_FAILED',
      message: `${path} cannot be synced: the disk reports an error (EIO). What was acknowledged before is safe. Mend the cause, then restart.`,
    });
    storage.append(bytesOf('b'));
    expect(await synced(storage)).toMatchObject({ code: 'PJ_STORAGE_FAILED' });
    storage.truncate(0);
    storage.append(bytesOf('c'));
    expect(await synced(storage)).toBeUndefined();
    expect(textOf(storage.read())).toBe('c');
  });

  test('a real full file system', async (context) => {
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,nr_inodes=2', 'tmpfs', folder]).status === 0;
    if (!mounted) context.skip('only root can mount a small file system');
    try {
      const storage = openStorage(join(folder, 'journal.jsonl'));
      const record = bytesOf(`${'x'.repeat(999)}\n`);
      let stored = 0;
      let error: Error | undefined;
      while (error === undefined) {
        storage.append(record);
        error = await synced(storage);
        if (error === undefined) stored += record.length;
      }
      expect(error).toMatchObject({ code: 'PJ_STORAGE_FULL' });
      expect(storage.read().length).toBe(stored);
      expect(stored).toBeGreaterThan(30_000);
      expect(stored % 1_000).toBe(0);
      storage.close();
      expect(failureOf(() => openStorage(join(folder, 'a/second.jsonl'))).message).toContain('the disk is full');
    } finally {
      for (const storage of open.splice(0)) storage.close();
      spawnSync('umount', [folder]);
    }
  });
});

describe('a file that cannot be opened', () => {
  test('is a folder', () => {
    expect(failureOf(() => openStorage(folder))).toMatchObject({ code: 'PJ_STORAGE_OPEN' });
    expect(failureOf(() => openStorage(folder)).message).toBe(
      `${folder} cannot be opened for storage: it is a folder. Mend this, or use another folder (--data DIR).`,
    );
  });

  test('lies below a file', () => {
    fs.writeFileSync(join(folder, 'file'), '');
    expect(failureOf(() => openStorage(join(folder, 'file', 'x', 'journal'))).message).toContain(
      'a part of the path is a file',
    );
  });

  test('is a device', () => {
    expect(failureOf(() => openStorage('/dev/full')).message).toContain('it is not a file');
  });

  test('belongs to somebody else', () => {
    fs.writeFileSync(join(folder, 'locked'), '');
    fs.chmodSync(join(folder, 'locked'), 0);
    const isRoot = process.geteuid?.() === 0; // Root may open everything, so be nobody for a moment.
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(failureOf(() => openStorage(join(folder, 'locked'))).message).toBe(
        `${join(folder, 'locked')} cannot be opened for storage: permission denied. Give this user the right to read and write it, or use another folder (--data DIR).`,
      );
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  test('is open in this program already', () => {
    openStorage();
    expect(failureOf(() => openStorage())).toMatchObject({ code: 'PJ_STORAGE_LOCKED', data: { path } });
    if (process.platform === 'linux') {
      expect(failureOf(() => openStorage()).message).toBe(
        `${path} is in use by this program. Stop that program, or use another folder (--data DIR).`,
      );
    }
  });
});

describe('a second process', () => {
  let compiled: ReturnType<typeof compileGround>;
  beforeAll(() => {
    compiled = compileGround();
  });
  afterAll(() => compiled.remove());

  /** Runs a terminal that appends numbered lines for ever and prints each number once it is acknowledged. */
  function startWriter() {
    const script = `
      import { FileStorage } from './src/ground/file-storage.js';
      const storage = new FileStorage(${JSON.stringify(path)});
      let n = storage.read().toString().length === 0 ? 0 : Buffer.from(storage.read()).toString().trim().split('\\n').length;
      const next = () => {
        const mine = ++n;
        storage.append(Buffer.from('line ' + mine + '\\n'));
        storage.sync((error) => { if (error) throw error; process.stdout.write(mine + '\\n'); next(); });
      };
      next();
    `;
    const file = join(compiled.folder, `writer-${Math.random()}.mjs`);
    fs.writeFileSync(file, script);
    const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (text) => {
      output += text;
    });
    return {
      child,
      acknowledged: () =>
        Number(
          output
            .slice(0, output.lastIndexOf('\n') + 1)
            .trim()
            .split('\n')
            .at(-1) ?? 0,
        ),
      ended: new Promise<void>((resolve) => child.on('close', () => resolve())),
    };
  }

  test('killed, it keeps what it had acknowledged, and its lock is free', async () => {
    let before = 0;
    for (let round = 0; round < 3; round++) {
      const writer = startWriter();
      while (writer.acknowledged() < before + 100) await new Promise((resolve) => setTimeout(resolve, 5));
      if (round === 0) {
        const failure = failureOf(() => openStorage());
        expect(failure).toMatchObject({ code: 'PJ_STORAGE_LOCKED' });
        if (process.platform === 'linux') expect(failure.message).toContain(`process ${writer.child.pid} (`);
      }
      writer.child.kill('SIGKILL');
      await writer.ended;
      const storage = openStorage();
      const lines = textOf(storage.read()).split('\n');
      storage.close();
      expect(lines.pop()).toBe('');
      expect(lines.length).toBeGreaterThanOrEqual(writer.acknowledged());
      expect(lines).toEqual(lines.map((_, i) => `line ${i + 1}`));
      before = lines.length;
    }
  });
});

describe('a file that is replaced', () => {
  const old = bytesOf('old\n'.repeat(1_000));
  const filled = (calls?: Partial<FileCalls>) => {
    fs.mkdirSync(join(folder, 'data', 'terminal'), { recursive: true });
    fs.writeFileSync(path, old, { mode: 0o640 });
    return openStorage(path, calls);
  };
  const breaks = () => {
    throw Object.assign(new Error('EIO'), { code: 'EIO' });
  };
  const others = () => fs.readdirSync(join(folder, 'data', 'terminal')).filter((name) => name !== 'journal.jsonl');

  test('has the new content, and grows from there; nobody else can have it at any moment', async () => {
    const tried: string[] = [];
    const storage = filled({
      rename: (from, to) => {
        tried.push(failureOf(() => new FileStorage(path)).code);
        fs.renameSync(from, to);
        tried.push(failureOf(() => new FileStorage(path)).code);
      },
    });
    storage.replace([bytesOf('new\n'), bytesOf('newer\n')]);
    storage.append(bytesOf('newest\n'));
    expect(await synced(storage)).toBeUndefined();
    expect(textOf(storage.read())).toBe('new\nnewer\nnewest\n');
    expect(fs.readFileSync(path, 'utf8')).toBe('new\nnewer\nnewest\n');
    tried.push(failureOf(() => new FileStorage(path)).code);
    expect(tried).toEqual(Array(3).fill('PJ_STORAGE_LOCKED'));
    expect(fs.statSync(path).mode & 0o777).toBe(0o640);
    expect(others()).toEqual([]);
    storage.close();
    expect(textOf(openStorage().read())).toBe('new\nnewer\nnewest\n');
  });

  test.each([
    ['the new one cannot be written', (): Partial<FileCalls> => ({ write: breaks })],
    ['it cannot be moved there', (): Partial<FileCalls> => ({ rename: breaks })],
  ])('is the old one still when %s', async (_, calls) => {
    const broken = calls();
    const storage = filled({ ...broken, write: broken.write ?? fs.writeSync });
    expect(failureOf(() => storage.replace([bytesOf('new\n')])).code).toBe('PJ_STORAGE_FAILED');
    expect(storage.read()).toEqual(old);
    expect(others()).toEqual([]);
    storage.append(bytesOf('more\n'));
    if (broken.write === undefined) expect(await synced(storage)).toBeUndefined();
    storage.close();
    expect(fs.readFileSync(path).subarray(0, old.length)).toEqual(Buffer.from(old));
  });

  test('acknowledges nothing when its new name may not outlive a power cut', async () => {
    const storage = filled({ syncFolder: breaks });
    expect(failureOf(() => storage.replace([bytesOf('new\n')])).code).toBe('PJ_STORAGE_FAILED');
    storage.append(bytesOf('more\n'));
    expect(await synced(storage)).toMatchObject({ code: 'PJ_STORAGE_FAILED' });
    expect(fs.readFileSync(path, 'utf8')).toBe('new\n');
  });

  test('does not mind what a killed run has left, and stays behind its link', () => {
    fs.mkdirSync(join(folder, 'elsewhere'));
    fs.writeFileSync(join(folder, 'elsewhere', 'kept'), old);
    fs.writeFileSync(join(folder, 'elsewhere', 'kept.new'), 'half of a line that was longer');
    fs.mkdirSync(join(folder, 'data', 'terminal'), { recursive: true });
    fs.symlinkSync(join(folder, 'elsewhere', 'kept'), path);
    openStorage().replace([bytesOf('new\n')]);
    expect(fs.lstatSync(path).isSymbolicLink()).toBe(true);
    expect(fs.readFileSync(join(folder, 'elsewhere', 'kept'), 'utf8')).toBe('new\n');
    expect(fs.readdirSync(join(folder, 'elsewhere'))).toEqual(['kept']);
  });
});
