import { afterEach, describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { memoryLinkPair } from '../../src/links/memory.js';
import { PtyLink } from '../../src/links/pty.js';
import { SerialLink } from '../../src/links/serial.js';
import { TcpLink } from '../../src/links/tcp.js';
import { TcpServerLink } from '../../src/links/tcp-server.js';
import type { Link } from '../../src/ports/link.js';
import { allBytes, bytesOf, Collector, until } from './collector.js';

/** A link, with a printer at its other end that is open. */
interface Rig {
  readonly link: Link;
  readonly printer: Link;
  readonly atPrinter: Collector;
  /** Waits for something to happen. */
  until(done: () => boolean): Promise<void>;
  /** Lets everything happen that is going to. */
  settle(): Promise<void>;
  /** The printer's end goes away, and comes back at the same place. */
  loseAndReturn(): void;
}

const closing: Link[] = [];

afterEach(() => {
  for (const link of closing.splice(0).reverse()) link.close();
});

const KINDS: readonly (readonly [string, () => Promise<Rig>])[] = [
  ['memory', async () => memoryRig()],
  ['a serial port', serialRig],
  ['TCP', tcpRig],
];

function memoryRig(): Rig {
  const clock = new VirtualClock();
  const { host, device, site } = memoryLinkPair(clock);
  const atPrinter = new Collector();
  atPrinter.after = (event) => event.startsWith('lost') && device.open(atPrinter);
  device.open(atPrinter);
  clock.advance(0);
  return {
    link: host,
    printer: device,
    atPrinter,
    async until(done) {
      clock.runUntil(done);
    },
    async settle() {
      clock.advance(1_000);
    },
    loseAndReturn() {
      site.unplug();
      site.plug();
    },
  };
}

async function serialRig(): Promise<Rig> {
  const pty = new PtyLink();
  const atPrinter = new Collector();
  pty.open(atPrinter);
  closing.push(pty);
  await until(() => atPrinter.opens === 1);
  const link = new SerialLink({ path: pty.path ?? '', baud: 115_200 });
  closing.push(link);
  return { link, printer: pty, atPrinter, until, settle, loseAndReturn: () => returning(pty, atPrinter) };
}

async function tcpRig(): Promise<Rig> {
  const server = new TcpServerLink({ port: 0 });
  const atPrinter = new Collector();
  server.open(atPrinter);
  closing.push(server);
  await until(() => atPrinter.opens === 1);
  const link = new TcpLink({ host: '127.0.0.1', port: server.port });
  closing.push(link);
  return { link, printer: server, atPrinter, until, settle, loseAndReturn: () => returning(server, atPrinter) };
}

function returning(printer: Link, atPrinter: Collector): void {
  printer.close();
  printer.open(atPrinter);
}

/** That nothing happens can only be seen by waiting a little. */
const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 40));

describe.each(KINDS)('%s', (kind, open) => {
  async function opened() {
    const rig = await open();
    const host = new Collector();
    rig.link.open(host);
    expect(host.events).toEqual([]); // Never from inside.
    await rig.until(() => host.events.length > 0);
    expect(host.events).toEqual(['opened']);
    await bothWays(rig, host);
    return { ...rig, host };
  }

  /** Bytes pass; and each side is known to have the other. */
  async function bothWays({ link, printer, atPrinter, until }: Rig, host: Collector): Promise<void> {
    const [there, back] = [atPrinter.length, host.length];
    link.write(bytesOf('there'));
    await until(() => atPrinter.length === there + 5);
    printer.write(bytesOf('back'));
    await until(() => host.length === back + 4);
    expect([atPrinter.text.slice(there), host.text.slice(back)]).toEqual(['there', 'back']);
  }

  test('closes without a word, as often as one likes, and can be opened again', async () => {
    const { host, ...rig } = await opened();
    const heard = [...host.events];
    rig.link.close();
    rig.printer.write(bytesOf('to nobody'));
    rig.link.close();
    await rig.settle();
    expect(host.events).toEqual(heard);
    rig.link.open(host);
    await rig.until(() => host.opens === 2);
    await bothWays(rig, host);
  });

  test('closes without a word before it was ever open, and while it opens', async () => {
    const rig = await open();
    rig.link.close();
    const host = new Collector();
    rig.link.open(host);
    rig.link.close();
    rig.link.close();
    await rig.settle();
    expect(host.events).toEqual([]);
    rig.link.open(host);
    await rig.until(() => host.opens === 1);
    await bothWays(rig, host);
  });

  test('that is open already is busy for a second opener, and the first feels nothing', async () => {
    const { host, ...rig } = await opened();
    const second = new Collector();
    rig.link.open(second);
    expect(second.events).toEqual([]);
    await rig.until(() => second.losses.length > 0);
    expect(second.losses).toEqual([{ code: 'busy', message: `${rig.link.address} is open already` }]);
    await bothWays(rig, host);
    await rig.settle();
    expect(second.events).toEqual(['lost busy']);
    expect(host.losses).toEqual([]);
  });

  test('ignores what is written before it is open, and after it was closed or lost', async () => {
    const rig = await open();
    const host = new Collector();
    rig.link.write(bytesOf('early'));
    rig.link.open(host);
    rig.link.write(bytesOf('early'));
    expect(rig.link.pendingBytes).toBe(0);
    await rig.until(() => host.opens === 1);
    rig.link.close();
    rig.link.write(bytesOf('late'));
    rig.link.open(host);
    await rig.until(() => host.opens === 2);
    await bothWays(rig, host);
    rig.loseAndReturn();
    await rig.until(() => host.losses.length > 0);
    rig.link.write(bytesOf('late'));
    expect(rig.link.pendingBytes).toBe(0);
    await rig.settle();
    expect(rig.atPrinter.text).toBe('there');
  });

  test('that is lost says so once', async () => {
    const { host, ...rig } = await opened();
    rig.loseAndReturn();
    await rig.until(() => host.losses.length > 0);
    await rig.settle();
    expect(host.losses.map(({ code }) => code)).toEqual(['lost']);
    expect(host.losses[0]?.message).toContain(rig.link.address);
  });

  test('gives nothing while it is not read, and then all of it, in order', async () => {
    const { host, ...rig } = await opened();
    const before = host.length;
    rig.link.reading(false);
    const sent = allBytes(100_000);
    for (let at = 0; at < sent.length; at += 1_000) rig.printer.write(sent.subarray(at, at + 1_000));
    await rig.settle();
    expect(host.length).toBe(before);
    rig.link.reading(true);
    await rig.until(() => host.length === before + sent.length);
    expect(Buffer.from(host.bytes.subarray(before)).equals(sent)).toBe(true);
  });

  test('is read again after it was closed and opened, though it was not being read', async () => {
    const { host, ...rig } = await opened();
    rig.link.reading(false);
    rig.link.close();
    rig.link.reading(false);
    rig.link.open(host);
    await rig.until(() => host.opens === 2);
    await bothWays(rig, host);
  });

  test(`${kind === 'a serial port' ? 'has' : 'never has'} the question for modem lines`, async () => {
    const { link } = await open();
    expect(link.modemLines !== undefined).toBe(kind === 'a serial port');
  });
});

describe('another link to the same printer', () => {
  test('is busy on a serial port, and told who holds it', async () => {
    const { link, printer } = await serialRig();
    const [first, second] = [new Collector(), new Collector()];
    link.open(first);
    await until(() => first.opens === 1);
    const path = printer.address;
    const other = new SerialLink({ path, baud: 9_600 });
    closing.push(other);
    other.open(second);
    await until(() => second.losses.length > 0);
    expect(second.losses).toEqual([
      { code: 'busy', message: `${path} is in use by this program. Stop that program first.` },
    ]);
    expect(first.events).toEqual(['opened']);
  });

  test('waits on TCP until the printer is free, unread and without an answer', async () => {
    const { link, printer, atPrinter } = await tcpRig();
    const [first, second] = [new Collector(), new Collector()];
    link.open(first);
    await until(() => first.opens === 1);
    link.write(bytesOf('first'));
    await until(() => atPrinter.text === 'first');
    const other = new TcpLink({ host: '127.0.0.1', port: Number(/\d+$/.exec(printer.address)?.[0]) });
    closing.push(other);
    other.open(second);
    await until(() => second.opens === 1);
    other.write(bytesOf(' second'));
    printer.write(bytesOf('to the first'));
    await until(() => first.text === 'to the first');
    expect([atPrinter.text, second.text]).toEqual(['first', '']);
    link.close();
    await until(() => atPrinter.text === 'first second');
  });
});
