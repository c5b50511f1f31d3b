import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { wallClock } from '../../src/ground/wall-clock.js';
import { memoryLinkPair } from '../../src/links/memory.js';
import { pacedLink } from '../../src/links/paced.js';
import { type PluggedOptions, pluggedLink } from '../../src/links/plug.js';
import { PtyLink } from '../../src/links/pty.js';
import { SerialLink } from '../../src/links/serial.js';
import { TcpLink } from '../../src/links/tcp.js';
import { TcpServerLink } from '../../src/links/tcp-server.js';
import { allBytes, bytesOf, Collector, until } from './collector.js';

/** A memory link whose `end` has a plug of the real kind. */
function openPlugged(end: PluggedOptions['end'], baud = 0) {
  const clock = new VirtualClock();
  const pair = memoryLinkPair(clock);
  const plugged = pluggedLink(
    end === 'host' ? pair.host : pacedLink(pair.device, clock, baud),
    clock,
    end ? { end } : {},
  );
  const host = end === 'host' ? plugged.link : pair.host;
  const device = end === 'host' ? pair.device : plugged.link;
  const atHost = new Collector();
  const atPrinter = new Collector();
  host.open(atHost);
  device.open(atPrinter);
  clock.advance(0);
  return { clock, host, device, site: plugged.site, atHost, atPrinter, own: end === 'host' ? atHost : atPrinter };
}

describe.each(['device', 'host'] as const)('a plug at the %s', (end) => {
  test.each([0, 1, 3, 4, 7])('pulled after byte %i lets exactly so many through', (bytes) => {
    const { clock, host, site, atPrinter, own } = openPlugged(end);
    site.afterBytes(bytes, () => site.unplug());
    host.write(bytesOf('abcd'));
    host.write(bytesOf('efgh'));
    clock.advance(10);
    expect(atPrinter.text).toBe('abcdefgh'.slice(0, bytes));
    expect(own.losses).toEqual([{ code: 'lost', message: 'memory was unplugged' }]);
    host.write(bytesOf('more'));
    clock.advance(10);
    expect(atPrinter.text).toBe('abcdefgh'.slice(0, bytes));
  });

  test('says missing until it is plugged in again', () => {
    const { clock, host, device, site, atPrinter, own } = openPlugged(end);
    site.unplug();
    site.unplug();
    const link = end === 'host' ? host : device;
    expect(own.losses).toEqual([]);
    clock.advance(0);
    link.open(own);
    clock.advance(0);
    expect(own.losses.map(({ code }) => code)).toEqual(['lost', 'missing']);
    site.plug();
    link.open(own);
    clock.advance(0);
    host.write(bytesOf('back'));
    clock.advance(0);
    expect(atPrinter.text).toBe('back');
  });

  test('carries everything, and runs the other marks on the way', () => {
    const { clock, host, device, site, atHost, atPrinter } = openPlugged(end);
    const seen: string[] = [];
    site.afterBytes(2, () => seen.push(`two: ${atPrinter.text}`));
    site.afterBytes(2, () => seen.push('two again'));
    const undo = site.afterBytes(3, () => seen.push('undone'));
    undo();
    site.afterBytes(6, () => seen.push(`six: ${atPrinter.text}`));
    host.write(bytesOf('abcd'));
    host.write(bytesOf('efgh'));
    device.write(bytesOf('status'));
    clock.advance(10);
    expect(seen).toEqual(['two: ab', 'two again', 'six: abcdef']);
    expect([atPrinter.text, atHost.text]).toEqual(['abcdefgh', 'status']);
    expect(atHost.drains).toBeGreaterThan(0);
    expect(host.pendingBytes).toBe(0);
  });

  test('closed, is silent', () => {
    const { clock, host, device, site, own } = openPlugged(end);
    const link = end === 'host' ? host : device;
    link.close();
    link.close();
    site.unplug();
    clock.advance(10);
    expect(own.events).toEqual(['opened']);
  });
});

test('a cut of a slow line falls when its byte has arrived', () => {
  const { clock, host, site, atPrinter } = openPlugged('device', 9_600);
  const startMs = clock.now();
  let cutMs = 0;
  site.afterBytes(96, () => {
    cutMs = clock.now() - startMs;
    site.unplug();
  });
  host.write(allBytes(500));
  clock.advance(1_000);
  expect(atPrinter.length).toBe(96);
  expect(cutMs).toBeGreaterThan(95);
  expect(cutMs).toBeLessThan(110);
});

test('the plug of a pseudo-terminal: the host loses the device, and finds it again under its name', async () => {
  const folder = fs.mkdtempSync(join(tmpdir(), 'paperjam-plug-'));
  const linkName = join(folder, 'printer');
  const { link, site } = pluggedLink(new PtyLink({ linkName }), wallClock);
  const atPrinter = new Collector();
  link.open(atPrinter);
  await until(() => atPrinter.events.length === 1);
  const host = new SerialLink({ path: linkName, baud: 9_600 });
  const atHost = new Collector();
  host.open(atHost);
  await until(() => atHost.events.length === 1);

  site.afterBytes(1_000, () => site.unplug());
  host.write(allBytes(5_000));
  await until(() => atHost.losses.length === 1 && atPrinter.losses.length === 1);
  expect(atPrinter.length).toBe(1_000);
  expect(atHost.losses[0]?.code).toBe('lost');
  host.open(atHost);
  await until(() => atHost.losses.length === 2);
  expect(atHost.losses[1]?.code).toBe('missing');

  site.plug();
  link.open(atPrinter);
  await until(() => atPrinter.opens === 2);
  host.open(atHost);
  await until(() => atHost.opens === 2);
  atPrinter.chunks.length = 0;
  host.write(bytesOf('back'));
  await until(() => atPrinter.text === 'back');
  host.close();
  link.close();
  fs.rmSync(folder, { recursive: true });
});

test('the plug of a TCP printer: the host is cut off, refused, and let in again at the same port', async () => {
  const server = new TcpServerLink({ port: 0 });
  const { link, site } = pluggedLink(server, wallClock);
  const atPrinter = new Collector();
  link.open(atPrinter);
  await until(() => atPrinter.events.length === 1);
  const host = new TcpLink({ host: '127.0.0.1', port: server.port });
  const atHost = new Collector();
  host.open(atHost);
  await until(() => atHost.events.length === 1);
  site.unplug();
  await until(() => atHost.losses.length === 1 && atPrinter.losses.length === 1);
  host.open(atHost);
  await until(() => atHost.losses.length === 2);
  expect(atHost.losses[1]?.code).toBe('refused');
  site.plug();
  link.open(atPrinter);
  await until(() => atPrinter.opens === 2);
  host.open(atHost);
  await until(() => atHost.opens === 2);
  host.write(bytesOf('back'));
  await until(() => atPrinter.text === 'back');
  host.close();
  link.close();
});
