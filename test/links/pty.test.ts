import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PtyLink } from '../../src/links/pty.js';
import { SerialLink, type SerialOptions } from '../../src/links/serial.js';
import { allBytes, bytesOf, Collector, until } from './collector.js';

const closing: { close(): void }[] = [];
let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'paperjam-pty-'));
});

afterEach(() => {
  for (const link of closing.splice(0).reverse()) link.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function openPty(linkName?: string) {
  const pty = new PtyLink(linkName === undefined ? {} : { linkName });
  closing.push(pty);
  const printer = new Collector();
  pty.open(printer);
  await until(() => printer.events[0] === 'opened');
  return { pty, printer, path: pty.path ?? '' };
}

function openSerial(path: string, options: Partial<SerialOptions> = {}) {
  const serial = new SerialLink({ path, baud: 115_200, ...options });
  closing.push(serial);
  const host = new Collector();
  serial.open(host);
  return { serial, host };
}

async function openBoth(options: Partial<SerialOptions> = {}, linkName?: string) {
  const printerSide = await openPty(linkName);
  const hostSide = openSerial(printerSide.path, options);
  await until(() => hostSide.host.events[0] === 'opened' && printerSide.pty.peerOpen);
  return { ...printerSide, ...hostSide };
}

describe('a pseudo-terminal with serialport at the other side', () => {
  test('carries all 256 byte values both ways, unchanged', async () => {
    const { pty, printer, serial, host } = await openBoth();
    serial.write(allBytes(256));
    await until(() => printer.length === 256);
    pty.write(allBytes(256));
    await until(() => host.length === 256);
    expect(Buffer.from(printer.bytes).equals(allBytes(256))).toBe(true);
    expect(Buffer.from(host.bytes).equals(allBytes(256))).toBe(true);
  });

  test('carries a megabyte each way at the same time, intact, and says when it has left', async () => {
    const { pty, printer, serial, host } = await openBoth();
    const megabyte = allBytes(1 << 20);
    serial.write(megabyte);
    pty.write(megabyte);
    expect(serial.pendingBytes).toBe(megabyte.length);
    await until(() => printer.length === megabyte.length && host.length === megabyte.length, 20_000);
    await until(() => host.drains > 0 && printer.drains > 0);
    expect([serial.pendingBytes, pty.pendingBytes]).toEqual([0, 0]);
    expect(Buffer.from(printer.bytes).equals(megabyte)).toBe(true);
    expect(Buffer.from(host.bytes).equals(megabyte)).toBe(true);
  });

  test('knows the rate that the host has set', async () => {
    const { pty, serial } = await openBoth({ baud: 9_600 });
    expect(pty.baud).toBe(9_600);
    serial.close();
    await until(() => !pty.peerOpen);
    const other = openSerial(pty.path ?? '', { baud: 250_000 });
    await until(() => other.host.events.length > 0);
    expect(pty.baud).toBe(250_000);
  });

  test('outlives the host, which comes and goes', async () => {
    const { pty, printer, serial, host, path } = await openBoth();
    serial.write(bytesOf('one '));
    await until(() => printer.text === 'one ');
    for (let round = 0; round < 5; round++) {
      serial.close();
      await until(() => !pty.peerOpen);
      serial.open(host);
      await until(() => host.opens === round + 2);
      serial.write(bytesOf('more '));
      await until(() => printer.text.endsWith('more '.repeat(round + 1)));
      pty.write(bytesOf('ok'));
      await until(() => host.text.endsWith('ok'.repeat(round + 1)));
    }
    expect(pty.path).toBe(path);
    expect(printer.losses).toEqual([]);
  });

  test('hears a program that writes and is gone at once', async () => {
    const { printer, path } = await openPty();
    execFileSync('sh', ['-c', 'printf "a ticket\\r\\n" > "$0"', path]);
    await until(() => printer.text === 'a ticket\r\n'); // Raw: nothing is added, echoed or translated.
  });

  test('loses what the printer says while nobody listens, and does not wait for anybody', async () => {
    const { pty, printer, path } = await openPty();
    for (let i = 0; i < 100; i++) pty.write(allBytes(1_000));
    expect(pty.pendingBytes).toBe(0);
    await until(() => printer.drains > 0);
    const { host } = openSerial(path);
    await until(() => host.events[0] === 'opened' && pty.peerOpen);
    pty.write(bytesOf('now'));
    await until(() => host.text === 'now');
  });

  test('a host that reads nothing holds the printer back, without blocking the process', async () => {
    const { pty, printer, serial, host } = await openBoth();
    serial.reading(false);
    const sent = allBytes(200_000);
    pty.write(sent);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(pty.pendingBytes).toBeGreaterThan(100_000);
    expect(printer.drains).toBe(0);
    serial.reading(true);
    await until(() => host.length === sent.length);
    expect(Buffer.from(host.bytes).equals(sent)).toBe(true);
    await until(() => printer.drains === 1);
  });

  test('a printer that reads nothing holds the host back', async () => {
    const { pty, printer, serial, host } = await openBoth();
    pty.reading(false);
    const sent = allBytes(200_000);
    serial.write(sent);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(serial.pendingBytes).toBe(200_000);
    expect(printer.length).toBe(0);
    pty.reading(true);
    await until(() => printer.length === sent.length);
    expect(Buffer.from(printer.bytes).equals(sent)).toBe(true);
    await until(() => host.drains === 1);
  });

  test('XOFF stops the host and XON lets it go on, where it asked for that', async () => {
    const { pty, printer, serial, host } = await openBoth({ flowControl: 'xon/xoff' });
    pty.write(Uint8Array.of(0x13));
    await new Promise((resolve) => setTimeout(resolve, 30));
    serial.write(bytesOf('held'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([printer.text, host.text]).toEqual(['', '']);
    pty.write(Uint8Array.of(0x11));
    await until(() => printer.text === 'held');
    expect(host.text).toBe('');
  });

  test('a host that closes while XOFF holds it back closes at once', async () => {
    const { pty, serial } = await openBoth({ flowControl: 'xon/xoff' });
    pty.write(Uint8Array.of(0x13));
    await new Promise((resolve) => setTimeout(resolve, 30));
    serial.write(bytesOf('held'));
    await new Promise((resolve) => setTimeout(resolve, 30));
    const startMs = performance.now();
    serial.close();
    await until(() => !pty.peerOpen);
    expect(performance.now() - startMs).toBeLessThan(500);
  });

  test('closing it looks to the host like a device that was pulled out: lost, once', async () => {
    // By a name of its own: the number of a device that is gone is soon another one's.
    const { pty, serial, host } = await openBoth({}, join(folder, 'printer'));
    serial.write(bytesOf('x'));
    pty.close();
    pty.close();
    await until(() => host.losses.length > 0);
    serial.write(bytesOf('into nothing'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(host.losses.map(({ code }) => code)).toEqual(['lost']);
    expect(host.losses[0]?.message).toContain(`${serial.address} is gone`);
    serial.open(host);
    await until(() => host.losses.length === 2);
    expect(host.losses[1]?.code).toBe('missing');
  });

  test('a printer that vanishes with its last word still on the line is lost too', async () => {
    for (let round = 0; round < 10; round++) {
      const { pty, host } = await openBoth();
      pty.write(bytesOf('bye'));
      if (round % 2 === 1) await new Promise((resolve) => setImmediate(resolve));
      pty.close();
      await until(() => host.losses.length === 1);
    }
  });

  test('the device vanishing under a host that is writing is one loss', async () => {
    const { pty, serial, host } = await openBoth();
    pty.reading(false);
    serial.write(allBytes(500_000));
    await new Promise((resolve) => setTimeout(resolve, 20));
    pty.close();
    await until(() => host.losses.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(host.losses.length).toBe(1);
    expect(serial.pendingBytes).toBe(0);
  });
});

describe('the name of a pseudo-terminal', () => {
  test('stays the same when the device is made anew', async () => {
    const linkName = join(folder, 'printer');
    const { pty, printer, path } = await openPty(linkName);
    expect(path).toBe(linkName);
    expect(fs.readlinkSync(linkName)).toBe(pty.devicePath);
    const { serial, host } = openSerial(linkName);
    await until(() => host.events[0] === 'opened');
    pty.close();
    expect(fs.existsSync(linkName)).toBe(false);
    await until(() => host.losses.length === 1);
    pty.open(printer);
    await until(() => printer.events.length === 2);
    serial.open(host);
    await until(() => host.opens === 2);
    serial.write(bytesOf('back'));
    await until(() => printer.text === 'back');
  });

  test('left over by a killed program is taken over, and that of somebody else is not removed', async () => {
    const linkName = join(folder, 'printer');
    fs.symlinkSync('/dev/pts/does-not-exist', linkName);
    const { pty } = await openPty(linkName);
    expect(fs.readlinkSync(linkName)).toBe(pty.devicePath);
    fs.rmSync(linkName);
    fs.symlinkSync('/dev/null', linkName);
    pty.close();
    expect(fs.readlinkSync(linkName)).toBe('/dev/null');
  });

  test('that is a file already is refused, and the file stays', async () => {
    const linkName = join(folder, 'precious');
    fs.writeFileSync(linkName, 'data');
    const pty = new PtyLink({ linkName });
    expect(() => pty.create()).toThrow(
      `No pseudo-terminal can be made: ${linkName} exists and is not a symbolic link. Choose another name for the device.`,
    );
    const printer = new Collector();
    pty.open(printer);
    await until(() => printer.losses.length === 1);
    expect(printer.losses[0]?.code).toBe('unsupported');
    expect(fs.readFileSync(linkName, 'utf8')).toBe('data');
  });

  test('in a folder that does not exist is refused with the reason', () => {
    const pty = new PtyLink({ linkName: join(folder, 'no', 'printer') });
    expect(() => pty.create()).toThrow(/cannot be made: ENOENT/);
    expect(pty.path).toBeUndefined();
  });
});

describe('a serial port that cannot be opened', () => {
  test('is missing', async () => {
    const { host } = openSerial('/dev/ttyNoSuchPort');
    expect(host.events).toEqual([]);
    await until(() => host.losses.length === 1);
    expect(host.losses[0]).toEqual({
      code: 'missing',
      message: 'There is no serial port /dev/ttyNoSuchPort. Is the printer plugged in and switched on?',
    });
  });

  test('is in use by this program', async () => {
    const { path, serial } = await openBoth();
    const second = openSerial(path);
    await until(() => second.host.losses.length === 1);
    expect(second.host.losses[0]?.code).toBe('busy');
    expect(second.host.losses[0]?.message).toBe(`${path} is in use by this program. Stop that program first.`);
    const again = new Collector();
    serial.open(again);
    await until(() => again.losses.length === 1);
    expect(again.losses[0]?.code).toBe('busy');
  });

  test('is in use by another process, which is named', async () => {
    const { path } = await openPty();
    const holder = spawn('flock', [path, 'sleep', '30']);
    try {
      await until(() => fs.readFileSync('/proc/locks', 'latin1').includes(`:${fs.statSync(path).ino} `));
      const { host } = openSerial(path);
      await until(() => host.losses.length === 1);
      expect(host.losses[0]?.code).toBe('busy');
      expect(host.losses[0]?.message).toMatch(/in use by process \d+ \((flock|sleep).*\)\. Stop that program first\./);
    } finally {
      holder.kill();
    }
  });

  test('is no serial port', async () => {
    const file = join(folder, 'file');
    fs.writeFileSync(file, 'text');
    const { host } = openSerial(file);
    await until(() => host.losses.length === 1);
    expect(host.losses[0]?.code).toBe('unsupported');
    expect(host.losses[0]?.message).toContain(`${file} cannot be opened as a serial port`);
  });

  test('belongs to somebody else', async () => {
    const { path } = await openPty();
    fs.chmodSync(path, 0);
    const isRoot = process.geteuid?.() === 0; // Root may open everything, so be nobody for a moment.
    if (isRoot) process.seteuid?.(65_534);
    try {
      const { host } = openSerial(path);
      await until(() => host.losses.length === 1);
      expect(host.losses[0]?.code).toBe('denied');
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });
});

describe('closing a serial link', () => {
  test('is silent and idempotent, also while it opens', async () => {
    const { path, pty } = await openPty();
    const { serial, host } = openSerial(path);
    serial.close();
    serial.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(host.events).toEqual([]);
    expect(pty.peerOpen).toBe(false);
    serial.open(host);
    await until(() => host.events[0] === 'opened');
  });

  test('and opening it again at once works, also in the middle of opening', async () => {
    const { path } = await openPty();
    const { serial, host } = openSerial(path);
    for (let round = 0; round < 5; round++) {
      serial.close();
      serial.open(host);
    }
    await until(() => host.events.length > 0);
    expect(host.events).toEqual(['opened']);
    serial.close();
    serial.open(host);
    await until(() => host.events.length > 1);
    expect(host.events).toEqual(['opened', 'opened']);
  });

  test('and opening another one to the same port at once works', async () => {
    const { path, serial } = await openBoth();
    serial.write(allBytes(10_000));
    serial.close();
    const { host } = openSerial(path);
    await until(() => host.events.length > 0);
    expect(host.events).toEqual(['opened']);
  });

  test('writes while it is closed are ignored', () => {
    const serial = new SerialLink({ path: '/dev/null', baud: 9_600 });
    serial.write(bytesOf('x'));
    expect(serial.pendingBytes).toBe(0);
  });
});

test('modem lines do not exist on a pseudo-terminal, and nothing here needs them', async () => {
  const { path } = await openPty();
  const port = new SerialPort({ path, baudRate: 9_600 });
  await new Promise((resolve) => port.once('open', resolve));
  const message = await new Promise<string>((resolve) => port.get((error) => resolve(error?.message ?? 'none')));
  expect(message).toContain('Inappropriate ioctl');
  await new Promise((resolve) => port.close(resolve));
});
