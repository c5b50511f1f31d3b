import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { type MemoryLinkOptions, memoryLinkPair } from '../../src/links/memory.js';
import { allBytes, bytesOf, Collector } from './collector.js';

function openPair(options?: MemoryLinkOptions) {
  const clock = new VirtualClock();
  const pair = memoryLinkPair(clock, options);
  const host = new Collector();
  const device = new Collector();
  pair.host.open(host);
  pair.device.open(device);
  clock.advance(0);
  return { clock, ...pair, atHost: host, atDevice: device };
}

describe('a memory link', () => {
  test('carries bytes both ways, in a later event, in order', () => {
    const { clock, host, device, atHost, atDevice } = openPair();
    host.write(bytesOf('ab'));
    host.write(bytesOf('cd'));
    device.write(bytesOf('xy'));
    expect(atDevice.text).toBe('');
    expect(host.pendingBytes).toBe(4);
    clock.advance(0);
    expect(atDevice.text).toBe('abcd');
    expect(atHost.text).toBe('xy');
    expect(host.pendingBytes).toBe(0);
    expect(atHost.drains).toBe(1);
  });

  test('delivers the writes of one turn in one event', () => {
    const { clock, host } = openPair();
    for (let i = 0; i < 10; i++) host.write(bytesOf('x'));
    expect(clock.pending).toBe(1);
  });

  test('loses bytes that arrive where nobody has opened, and says drained all the same', () => {
    const clock = new VirtualClock();
    const { host, device } = memoryLinkPair(clock);
    const atHost = new Collector();
    const atDevice = new Collector();
    host.write(bytesOf('ignored: not open'));
    host.open(atHost);
    clock.advance(0);
    host.write(bytesOf('into the void'));
    clock.advance(0);
    expect(atHost.events).toEqual(['opened', 'drained']);
    device.open(atDevice);
    clock.advance(0);
    host.write(bytesOf('heard'));
    clock.advance(0);
    expect(atDevice.text).toBe('heard');
  });

  test('an end that does not read holds the bytes at the writer', () => {
    const { clock, host, device, atHost, atDevice } = openPair();
    device.reading(false);
    host.write(bytesOf('waiting'));
    clock.advance(1_000);
    expect(atDevice.text).toBe('');
    expect(host.pendingBytes).toBe(7);
    expect(atHost.drains).toBe(0);
    device.reading(true);
    expect(atDevice.text).toBe('');
    clock.advance(0);
    expect(atDevice.text).toBe('waiting');
    expect(atHost.drains).toBe(1);
  });

  test('an end can stop reading in the middle of an event', () => {
    const { clock, host, device, atDevice } = openPair();
    atDevice.after = (event) => event === 'received' && device.reading(false);
    host.write(bytesOf('one'));
    host.write(bytesOf('two'));
    clock.advance(0);
    expect(atDevice.text).toBe('one');
    expect(host.pendingBytes).toBe(3);
  });

  test('a held writer is let go when the other end closes', () => {
    const { clock, host, device, atHost, atDevice } = openPair();
    device.reading(false);
    host.write(bytesOf('lost'));
    clock.advance(0);
    device.close();
    clock.advance(0);
    expect(host.pendingBytes).toBe(0);
    expect(atHost.drains).toBe(1);
    expect(atDevice.events).toEqual(['opened']);
  });

  test('unplugging is heard once at both ends and loses what was under way', () => {
    const { clock, host, device, site, atHost, atDevice } = openPair();
    host.write(bytesOf('under way'));
    site.unplug();
    site.unplug();
    expect(atHost.events).toEqual(['opened']);
    clock.advance(0);
    expect(atHost.events).toEqual(['opened', 'lost lost']);
    expect(atDevice.events).toEqual(['opened', 'lost lost']);
    host.write(bytesOf('into nothing'));
    host.open(atHost);
    clock.advance(0);
    expect(atHost.losses.at(-1)).toEqual({ code: 'missing', message: 'memory is not plugged in' });
    site.plug();
    host.open(atHost);
    device.open(atDevice);
    clock.advance(0);
    host.write(bytesOf('again'));
    clock.advance(0);
    expect(atDevice.text).toBe('again');
  });

  test('a plug that is pulled and put back at once is still a loss', () => {
    const { clock, site, atHost, atDevice } = openPair();
    site.unplug();
    site.plug();
    clock.advance(0);
    expect([atHost.events, atDevice.events]).toEqual([
      ['opened', 'lost lost'],
      ['opened', 'lost lost'],
    ]);
  });

  test.each([0, 1, 4, 5, 9])('a cut after byte %i lets exactly so many through', (bytes) => {
    const { clock, host, site, atHost, atDevice } = openPair();
    site.afterBytes(bytes, () => site.unplug());
    host.write(bytesOf('abcde'));
    host.write(bytesOf('fghij'));
    clock.advance(0);
    expect(atDevice.text).toBe('abcdefghij'.slice(0, bytes));
    expect(atHost.events).toEqual(['opened', 'lost lost']);
    expect(host.pendingBytes).toBe(0);
  });

  test('a mark runs once, between two bytes, and only if it was not taken back', () => {
    const { clock, host, site, atDevice } = openPair();
    const seen: string[] = [];
    site.afterBytes(3, () => seen.push(`three: ${atDevice.text}`));
    const undo = site.afterBytes(2, () => seen.push('undone'));
    undo();
    undo();
    host.write(bytesOf('abcdef'));
    clock.advance(0);
    expect(seen).toEqual(['three: abc']);
    expect(atDevice.text).toBe('abcdef');
  });

  test('bytes of the printer do not count for a cut', () => {
    const { clock, host, device, site, atDevice } = openPair();
    site.afterBytes(1, () => site.unplug());
    device.write(bytesOf('status'));
    clock.advance(0);
    expect(atDevice.events).toEqual(['opened', 'drained']);
    host.write(bytesOf('x'));
    clock.advance(0);
    expect(atDevice.events.at(-1)).toBe('lost lost');
  });

  test('close is idempotent and silent, also while opening', () => {
    const { clock, host, device, atHost, atDevice } = openPair();
    host.write(bytesOf('unsent'));
    host.close();
    host.close();
    clock.advance(0);
    expect(atHost.events).toEqual(['opened']);
    expect(atDevice.events).toEqual(['opened']);
    host.open(atHost);
    host.close();
    device.write(bytesOf('nobody there'));
    clock.advance(0);
    expect(atHost.events).toEqual(['opened']);
  });

  test('a second opener is told busy, and the first is not disturbed', () => {
    const { clock, host, device, atHost } = openPair();
    const second = new Collector();
    host.open(second);
    clock.advance(0);
    expect(second.events).toEqual(['lost busy']);
    device.write(bytesOf('still'));
    clock.advance(0);
    expect(atHost.text).toBe('still');
  });
});

describe('a memory link with a baud rate', () => {
  test.each([
    [9_600, 960],
    [115_200, 11_520],
    [19_200, 5_000],
  ])('at %i baud takes the time of the line for %i bytes', (baud, length) => {
    const { clock, host, atHost, atDevice } = openPair({ baud });
    const startMs = clock.now();
    const sent = allBytes(length);
    host.write(sent);
    clock.runUntil(() => atHost.drains > 0);
    expect(Math.abs(clock.now() - startMs - (length * 10_000) / baud)).toBeLessThan(0.1);
    expect(Buffer.from(atDevice.bytes).equals(sent)).toBe(true);
    expect(atDevice.chunks.length).toBeLessThan((length * 1_000) / baud + 20);
  });

  test('shows the writer what has not gone yet', () => {
    const { clock, host } = openPair({ baud: 9_600 });
    host.write(allBytes(960));
    clock.advance(500);
    expect(host.pendingBytes).toBeGreaterThan(470);
    expect(host.pendingBytes).toBeLessThan(490);
  });

  test('a cut falls exactly after its byte', () => {
    const { clock, host, site, atDevice } = openPair({ baud: 9_600 });
    site.afterBytes(123, () => site.unplug());
    host.write(allBytes(500));
    clock.advance(1_000);
    expect(atDevice.length).toBe(123);
    expect(atDevice.events.at(-1)).toBe('lost lost');
  });

  test('bytes do not ride along for free', () => {
    const { clock, host, atDevice } = openPair({ baud: 9_600 });
    host.write(allBytes(1));
    for (let i = 0; i < 99; i++) host.write(allBytes(1));
    clock.advance(100);
    expect(atDevice.length).toBeGreaterThan(85);
    expect(atDevice.length).toBeLessThanOrEqual(96);
    clock.advance(10);
    expect(atDevice.length).toBe(100);
  });

  test('held in the middle, the line goes on where it was', () => {
    const { clock, host, device, atDevice } = openPair({ baud: 9_600 });
    host.write(allBytes(960));
    clock.advance(500);
    device.reading(false);
    clock.advance(2_000);
    const held = atDevice.length;
    device.reading(true);
    clock.advance(520);
    expect(held).toBeLessThanOrEqual(480);
    expect(Buffer.from(atDevice.bytes).equals(allBytes(960))).toBe(true);
  });
});
