import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { memoryLinkPair } from '../../src/links/memory.js';
import { Conversation } from '../../src/station/conversation.js';

function connected() {
  const clock = new VirtualClock();
  const { host, device, site } = memoryLinkPair(clock, { baud: 9_600 });
  const heard: number[] = [];
  device.open({ opened() {}, received: (bytes) => heard.push(...bytes), drained() {}, lost() {} });
  let happened = 0;
  const line = new Conversation(host, clock, 9_600, () => happened++);
  line.open();
  clock.advance(1);
  return { clock, device, site, line, heard, happened: () => happened };
}

describe('a conversation', () => {
  test('keeps what the printer says, by its kind and with its time', () => {
    const { clock, device, line } = connected();
    const startMs = clock.now();
    const mark = line.mark();
    device.write(Uint8Array.of(0x12, 0x13, 0x11, 0x10, 0, 0, 0, 0x00));
    device.write(Uint8Array.of(0x37, 0x22, 0x40, 0x41, 0x42, 0x43, 0, 0x37, 0x25, 0, 0x5f, 0x41, 0x42, 0));
    clock.advance(100);
    expect(line.since(mark).map(({ atMs: _, ...reply }) => reply)).toEqual([
      { kind: 'realtime', byte: 0x12 },
      { kind: 'flow', on: false },
      { kind: 'flow', on: true },
      { kind: 'asb', bytes: [0x10, 0, 0, 0] },
      { kind: 'queued', byte: 0 },
      { kind: 'process-id', id: 0x40414243 },
      { kind: 'cleared' },
      { kind: 'text', text: 'AB' },
    ]);
    // 22 bytes of 10 bits at 9600 baud: the 8 of the first write, and then the others in slices of at most 10 ms.
    expect(line.find(mark, 'realtime')?.atMs).toBeCloseTo(startMs + 8.333, 2);
    expect(line.find(mark, 'text')?.atMs).toBeCloseTo(startMs + 22.9, 0);
    expect(line.held).toBe(false);
  });

  test('finds only what came after the mark', () => {
    const { clock, device, line } = connected();
    device.write(Uint8Array.of(0x12));
    clock.advance(10);
    const mark = line.mark();
    expect(line.find(mark, 'realtime')).toBeUndefined();
    device.write(Uint8Array.of(0x16));
    clock.advance(10);
    expect(line.find(mark, 'realtime')?.byte).toBe(0x16);
  });

  test('knows how long the wire is busy with what was written', () => {
    const { clock, line, heard } = connected();
    line.write(new Uint8Array(96));
    expect(line.wireBusyMs).toBeCloseTo(100);
    clock.advance(60);
    expect(line.wireBusyMs).toBeCloseTo(40);
    clock.advance(41);
    expect(line.wireBusyMs).toBe(0);
    expect(heard).toHaveLength(96);
  });

  test('is held by XOFF, until XON', () => {
    const { clock, device, line } = connected();
    device.write(Uint8Array.of(0x13));
    clock.advance(5);
    expect(line.held).toBe(true);
    device.write(Uint8Array.of(0x11));
    clock.advance(5);
    expect(line.held).toBe(false);
  });

  test('says why it is lost, and forgets old replies without losing its place', () => {
    const { clock, device, site, line } = connected();
    const before = line.mark();
    for (let i = 0; i < 250; i++) {
      device.write(new Uint8Array(100).fill(0x12));
      clock.advance(200);
    }
    expect(line.mark() - before).toBe(25_000);
    expect(line.all(line.mark() - 3, 'realtime')).toHaveLength(3);
    site.unplug();
    clock.advance(1);
    expect(line).toMatchObject({ state: 'lost', up: false, loss: { code: 'lost' } });
  });
});
