import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { wallClock } from '../../src/ground/wall-clock.js';
import { memoryLinkPair } from '../../src/links/memory.js';
import { pluggedLink } from '../../src/links/plug.js';
import { PtyLink } from '../../src/links/pty.js';
import { SerialLink } from '../../src/links/serial.js';
import type { Link } from '../../src/ports/link.js';
import { allBytes, bytesOf, Collector, until } from './collector.js';

const PLACES = ['a memory link', 'a plug at the device', 'a plug at the host'] as const;

function openAt(place: (typeof PLACES)[number], baud = 0) {
  const clock = new VirtualClock();
  const pair = memoryLinkPair(clock, { baud });
  const plug =
    place === 'a plug at the device' ? pluggedLink(pair.device, clock) : pluggedLink(pair.host, clock, { end: 'host' });
  const ends: Record<typeof place, { host: Link; device: Link }> = {
    'a memory link': pair,
    'a plug at the device': { host: pair.host, device: plug.link },
    'a plug at the host': { host: plug.link, device: pair.device },
  };
  const { host, device } = ends[place];
  const site = place === 'a memory link' ? pair.site : plug.site;
  const [atHost, atPrinter] = [new Collector(), new Collector()];
  host.open(atHost);
  device.open(atPrinter);
  clock.advance(0);
  return { clock, host, device, site, atHost, atPrinter };
}

const dropping = { pass: () => [] };
const late = (afterMs: number) => ({ pass: (bytes: Uint8Array) => [{ bytes, afterMs }] });

describe.each(PLACES)('%s', (place) => {
  test('one way is struck and the other is not; undone, neither', () => {
    const { clock, host, device, site, atHost, atPrinter } = openAt(place);
    const undo = site.impair('to-printer', dropping);
    host.write(bytesOf('lost'));
    device.write(bytesOf('heard'));
    clock.advance(10);
    expect([atPrinter.text, atHost.text]).toEqual(['', 'heard']);
    expect([host.pendingBytes, atHost.drains]).toEqual([0, 1]);
    undo();
    const other = site.impair('to-host', dropping);
    host.write(bytesOf('heard'));
    device.write(bytesOf('lost'));
    clock.advance(10);
    expect([atPrinter.text, atHost.text]).toEqual(['heard', 'heard']);
    other();
    device.write(bytesOf('!'));
    clock.advance(10);
    expect(atHost.text).toBe('heard!');
  });

  test('it begins exactly between two bytes', () => {
    const { clock, host, site, atPrinter } = openAt(place);
    site.afterBytes(3, () => site.impair('to-printer', dropping));
    host.write(bytesOf('abcdef'));
    clock.advance(10);
    expect(atPrinter.text).toBe('abc');
  });

  test('a mark behind bytes that a fault has swallowed, or holds, runs all the same', () => {
    const { clock, host, site } = openAt(place);
    const seen: string[] = [];
    const undo = site.impair('to-printer', dropping);
    site.afterBytes(3, () => seen.push('swallowed'));
    host.write(bytesOf('abcdef'));
    clock.advance(10);
    undo();
    site.impair('to-printer', late(50));
    site.afterBytes(2, () => seen.push('held'));
    host.write(bytesOf('ghi'));
    clock.advance(100);
    expect(seen).toEqual(['swallowed', 'held']);
  });

  test('a delay keeps the order, and is not felt by the writer', () => {
    const { clock, host, device, site, atHost, atPrinter } = openAt(place);
    const undo = site.impair('to-printer', late(200));
    site.impair('to-host', late(50));
    host.write(bytesOf('first '));
    device.write(bytesOf('answer'));
    clock.advance(49);
    expect([host.pendingBytes, atHost.text]).toEqual([0, '']);
    clock.advance(1);
    expect(atHost.text).toBe('answer');
    undo();
    host.write(bytesOf('second'));
    clock.advance(149);
    expect(atPrinter.text).toBe('');
    clock.advance(1);
    expect(atPrinter.text).toBe('first second');
  });

  test('a stop in the middle of a write is felt by the writer, and loses nothing', () => {
    const { clock, host, device, site, atHost, atPrinter } = openAt(place);
    let undo = () => {};
    site.afterBytes(3, () => {
      undo = site.impair('to-printer', { stops: true });
    });
    host.write(bytesOf('abcdef'));
    clock.advance(1_000);
    host.write(bytesOf('ghi'));
    device.write(bytesOf('answer'));
    clock.advance(1_000);
    expect([atPrinter.text, atHost.text]).toEqual(['abc', 'answer']);
    if (place !== 'a plug at the device') expect(host.pendingBytes).toBe(6); // There, a part has left.
    expect(host.pendingBytes).toBeGreaterThan(0);
    undo();
    clock.advance(10);
    expect([atPrinter.text, host.pendingBytes]).toEqual(['abcdefghi', 0]);
  });

  test('the printer can be stopped, too', () => {
    const { clock, device, site, atHost } = openAt(place);
    const undo = site.impair('to-host', { stops: true });
    device.write(bytesOf('waits'));
    clock.advance(1_000);
    expect(atHost.text).toBe('');
    undo();
    clock.advance(10);
    expect(atHost.text).toBe('waits');
  });

  test('a receiver that reads nothing gets what was late when it reads again', () => {
    const { clock, host, device, site, atPrinter } = openAt(place);
    site.impair('to-printer', late(50));
    host.write(bytesOf('abc'));
    clock.advance(10);
    device.reading(false);
    clock.advance(1_000);
    expect(atPrinter.text).toBe('');
    device.reading(true);
    clock.advance(10);
    expect(atPrinter.text).toBe('abc');
  });

  test('what a fault holds is lost with the cable, and with the writer that closes', () => {
    const { clock, host, device, site, atHost, atPrinter } = openAt(place);
    site.impair('to-printer', late(50));
    host.write(bytesOf('lost'));
    clock.advance(10);
    site.unplug();
    clock.advance(100);
    site.plug();
    host.open(atHost);
    device.open(atPrinter);
    clock.advance(100);
    host.write(bytesOf('late'));
    clock.advance(100);
    expect(atPrinter.text).toBe('late');
  });

  test('a fault does not make a slow line any quicker', () => {
    const { clock, host, site, atPrinter } = openAt(place, 9_600);
    site.impair('to-printer', { pass: (bytes) => [{ bytes, afterMs: 0 }] });
    const startMs = clock.now();
    const sent = allBytes(960);
    host.write(sent);
    clock.runUntil(() => atPrinter.length === 960);
    expect(Math.abs(clock.now() - startMs - 1_000)).toBeLessThan(0.1);
    expect(Buffer.from(atPrinter.bytes).equals(sent)).toBe(true);
  });
});

test('a link without a fault has not one event more than without a place for them', () => {
  const { clock, host, atPrinter } = openAt('a memory link');
  host.write(bytesOf('abc'));
  expect(clock.pending).toBe(1);
  clock.advance(0);
  expect([atPrinter.text, clock.pending]).toEqual(['abc', 0]);
});

test('serialport on a pseudo-terminal: held by flow control, then late and without its third byte', async () => {
  const pty = new PtyLink();
  const { link, site } = pluggedLink(pty, wallClock);
  const atPrinter = new Collector();
  link.open(atPrinter);
  await until(() => atPrinter.opens === 1);
  const host = new SerialLink({ path: pty.path ?? '', baud: 115_200 });
  const atHost = new Collector();
  host.open(atHost);
  await until(() => atHost.opens === 1 && pty.peerOpen);

  const undo = site.impair('to-printer', { stops: true });
  const sent = allBytes(200_000); // More than the system holds between the two.
  host.write(sent);
  link.write(bytesOf('alive'));
  await until(() => atHost.text === 'alive');
  expect(atPrinter.length).toBe(0);
  expect(host.pendingBytes).toBeGreaterThan(0);
  undo();
  await until(() => atPrinter.length === sent.length);
  expect(Buffer.from(atPrinter.bytes).equals(sent)).toBe(true);

  site.impair('to-host', late(30));
  site.impair('to-host', { pass: (bytes) => [{ bytes: bytes.filter((_, i) => i !== 2), afterMs: 0 }] });
  const startMs = performance.now();
  link.write(bytesOf('abcd'));
  await until(() => atHost.text === 'aliveabd');
  expect(performance.now() - startMs).toBeGreaterThan(25);
  host.close();
  link.close();
});
