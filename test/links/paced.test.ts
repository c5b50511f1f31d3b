import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { wallClock } from '../../src/ground/wall-clock.js';
import { memoryLinkPair } from '../../src/links/memory.js';
import { pacedLink } from '../../src/links/paced.js';
import { PtyLink } from '../../src/links/pty.js';
import { SerialLink } from '../../src/links/serial.js';
import { allBytes, bytesOf, Collector, until } from './collector.js';

function openPaced(baud: number | (() => number)) {
  const clock = new VirtualClock();
  const pair = memoryLinkPair(clock);
  const printer = pacedLink(pair.device, clock, baud);
  const atHost = new Collector();
  const atPrinter = new Collector();
  pair.host.open(atHost);
  printer.open(atPrinter);
  clock.advance(0);
  const startMs = clock.now();
  return {
    clock,
    host: pair.host,
    site: pair.site,
    printer,
    atHost,
    atPrinter,
    elapsedMs: () => clock.now() - startMs,
  };
}

describe('a paced link', () => {
  test.each([
    [9_600, 960],
    [38_400, 5_000],
    [115_200, 115_200],
  ])('at %i baud takes the time of the line for %i bytes, both ways', (baud, length) => {
    const { clock, host, printer, atHost, atPrinter, elapsedMs } = openPaced(baud);
    const expectedMs = (length * 10_000) / baud;
    host.write(allBytes(length));
    printer.write(allBytes(length));
    clock.runUntil(() => atPrinter.length === length);
    expect(Math.abs(elapsedMs() - expectedMs)).toBeLessThan(0.5);
    clock.runUntil(() => atHost.length === length);
    expect(Math.abs(elapsedMs() - expectedMs)).toBeLessThan(0.5);
    expect(Buffer.from(atPrinter.bytes).equals(allBytes(length))).toBe(true);
    expect(Buffer.from(atHost.bytes).equals(allBytes(length))).toBe(true);
  });

  test('a single byte takes a single byte time', () => {
    const { clock, host, atPrinter, elapsedMs } = openPaced(9_600);
    host.write(Uint8Array.of(1));
    clock.runUntil(() => atPrinter.length === 1);
    expect(elapsedMs()).toBeCloseTo(1.0417, 2);
  });

  test('bytes that come one by one, slower than the line, are not late', () => {
    const { clock, host, atPrinter } = openPaced(9_600);
    for (let i = 0; i < 50; i++) {
      host.write(Uint8Array.of(i));
      clock.advance(5);
      expect(atPrinter.length).toBe(i + 1);
    }
  });

  test('holds little itself: the rest waits at the writer', () => {
    const { clock, host, atPrinter } = openPaced(115_200);
    for (let i = 0; i < 100; i++) host.write(allBytes(100));
    clock.advance(100);
    expect(atPrinter.length).toBeGreaterThan(1_100);
    const held = 10_000 - atPrinter.length - host.pendingBytes;
    expect(held).toBeGreaterThan(0);
    expect(held).toBeLessThanOrEqual(115 * 6 + 100);
  });

  test('a printer that does not read stops the line, and it goes on without a gap or a burst', () => {
    const { clock, host, printer, atPrinter } = openPaced(9_600);
    for (let i = 0; i < 96; i++) host.write(allBytes(10));
    clock.advance(200);
    printer.reading(false);
    const before = atPrinter.length;
    clock.advance(2_000);
    expect(atPrinter.length).toBe(before);
    expect(host.pendingBytes).toBeGreaterThan(600);
    printer.reading(true);
    expect(atPrinter.length).toBe(before);
    clock.advance(100);
    expect(atPrinter.length - before).toBeGreaterThan(80);
    expect(atPrinter.length - before).toBeLessThanOrEqual(96);
    clock.advance(2_000);
    expect(atPrinter.length).toBe(960);
  });

  test('follows a rate that changes', () => {
    let baud = 9_600;
    const { clock, host, atPrinter } = openPaced(() => baud);
    for (let i = 0; i < 100; i++) host.write(allBytes(48));
    clock.advance(1_000);
    expect(atPrinter.length).toBeGreaterThan(940);
    expect(atPrinter.length).toBeLessThanOrEqual(960);
    const before = atPrinter.length;
    baud = 19_200;
    clock.advance(1_000);
    expect(atPrinter.length - before).toBeGreaterThan(1_880);
    expect(atPrinter.length - before).toBeLessThanOrEqual(1_930);
  });

  test('without a rate nothing is delayed', () => {
    const { clock, host, printer, atPrinter, atHost, elapsedMs } = openPaced(0);
    host.write(allBytes(100_000));
    printer.write(allBytes(100_000));
    clock.advance(0);
    expect([atPrinter.length, atHost.length, elapsedMs()]).toEqual([100_000, 100_000, 0]);
  });

  test('says drained when the last byte has left, and counts what has not', () => {
    const { clock, printer, atPrinter, elapsedMs } = openPaced(9_600);
    printer.write(allBytes(96));
    clock.advance(50);
    expect(printer.pendingBytes).toBeGreaterThan(40);
    expect(atPrinter.drains).toBe(0);
    clock.runUntil(() => atPrinter.drains > 0);
    expect(Math.abs(elapsedMs() - 100)).toBeLessThan(0.1);
    expect(printer.pendingBytes).toBe(0);
  });

  test('loses what was under way with the link, and starts afresh', () => {
    const { clock, host, printer, site, atPrinter, atHost } = openPaced(9_600);
    host.write(allBytes(960));
    printer.write(allBytes(960));
    clock.advance(100);
    site.unplug();
    const before = atPrinter.length;
    clock.advance(2_000);
    expect(atPrinter.length).toBe(before);
    expect(atPrinter.losses.length).toBe(1);
    site.plug();
    host.open(atHost);
    printer.open(atPrinter);
    clock.advance(0);
    atPrinter.chunks.length = 0;
    host.write(bytesOf('fresh'));
    clock.advance(6);
    expect(atPrinter.text).toBe('fresh');
    expect(clock.pending).toBe(0);
  });

  test('closed, it is silent and sets no timers', () => {
    const { clock, host, printer, atPrinter } = openPaced(9_600);
    host.write(allBytes(960));
    clock.advance(50);
    const before = atPrinter.length;
    printer.close();
    printer.close();
    clock.advance(5_000);
    expect(atPrinter.length).toBe(before);
    expect(clock.pending).toBe(0);
  });
});

describe('a paced pseudo-terminal, by the wall clock', () => {
  test.each([
    [9_600, 960],
    [115_200, 11_520],
  ])(
    'at %i baud passes %i bytes in a second, within 2 percent, at the rate that the host has set',
    { retry: 2 },
    async (baud, length) => {
      const pty = new PtyLink();
      const printer = pacedLink(pty, wallClock, () => pty.baud);
      const atPrinter = new Collector();
      printer.open(atPrinter);
      await until(() => atPrinter.events.length > 0);
      const host = new SerialLink({ path: pty.path ?? '', baud });
      const atHost = new Collector();
      host.open(atHost);
      await until(() => atHost.events.length > 0 && pty.peerOpen);
      const startMs = performance.now();
      let firstMs = 0;
      atPrinter.after = () => {
        firstMs ||= performance.now();
      };
      host.write(allBytes(length));
      await until(() => atPrinter.length === length);
      const elapsedMs = performance.now() - startMs;
      expect(Math.abs(elapsedMs - 1_000)).toBeLessThan(20);
      expect(firstMs - startMs).toBeLessThan(60);
      expect(Buffer.from(atPrinter.bytes).equals(allBytes(length))).toBe(true);
      host.close();
      printer.close();
    },
  );
});
