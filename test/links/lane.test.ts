import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { Lane } from '../../src/links/lane.js';
import { bytesOf } from './collector.js';

function openLane() {
  const clock = new VirtualClock();
  const heard: [atMs: number, text: string][] = [];
  const startMs = clock.now();
  let changes = 0;
  const lane = new Lane({
    clock,
    arrived: (bytes) => heard.push([Math.round(clock.now() - startMs), Buffer.from(bytes).toString('latin1')]),
    changed: () => changes++,
  });
  return { clock, lane, heard, changes: () => changes };
}

const late = (afterMs: number) => ({ pass: (bytes: Uint8Array) => [{ bytes, afterMs }] });
const without = (letter: string) => ({
  pass: (bytes: Uint8Array) => [{ bytes: bytes.filter((byte) => byte !== letter.charCodeAt(0)), afterMs: 0 }],
});

test('without a fault it hands on the very array, at once', () => {
  const { lane, heard, clock } = openLane();
  const bytes = bytesOf('abc');
  lane.send(bytes);
  expect([heard, lane.bytes, lane.stopped, clock.pending]).toEqual([[[0, 'abc']], 0, false, 0]);
});

test('several faults: each is given what the one before it let through', () => {
  const { lane, heard, clock } = openLane();
  lane.impair(without('a'));
  lane.impair(late(10));
  lane.impair(without('b'));
  lane.send(bytesOf('abc'));
  expect([heard, lane.bytes]).toEqual([[], 2]);
  clock.advance(10);
  expect([heard, lane.bytes]).toEqual([[[10, 'c']], 0]);
});

test('nothing overtakes what came before it, whatever each is made to wait', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 30 }), (waits) => {
      const { lane, heard, clock } = openLane();
      let at = 0;
      lane.impair({ pass: (bytes) => [{ bytes, afterMs: waits[at++] ?? 0 }] });
      waits.forEach((_, i) => {
        lane.send(Uint8Array.of(i));
        clock.advance(3);
      });
      clock.advance(100);
      expect(heard.map(([, text]) => text.charCodeAt(0))).toEqual(waits.map((_, i) => i));
      heard.forEach(([atMs], i) => {
        expect(atMs).toBeGreaterThanOrEqual(3 * i + (waits[i] ?? 0));
      });
      expect(clock.pending).toBe(0);
    }),
  );
});

test('undone, a fault still lets go what it holds, in front of what comes later; then it is gone', () => {
  const { lane, heard, clock } = openLane();
  const undo = lane.impair(late(100));
  lane.send(bytesOf('old'));
  clock.advance(10);
  undo();
  undo();
  lane.send(bytesOf('new'));
  expect(heard).toEqual([]);
  clock.advance(90);
  expect(heard).toEqual([
    [100, 'old'],
    [100, 'new'],
  ]);
  lane.send(bytesOf('at once'));
  expect(heard.at(-1)).toEqual([100, 'at once']);
});

test('a fault that stops the sender says so until it is undone, and so does too much that is on its way', () => {
  const { lane, clock, changes } = openLane();
  const undo = lane.impair({ stops: true });
  expect([lane.stopped, changes()]).toEqual([true, 1]);
  undo();
  expect([lane.stopped, changes()]).toEqual([false, 2]);
  lane.impair(late(1_000));
  lane.send(new Uint8Array(65_536));
  expect(lane.stopped).toBe(false);
  lane.send(new Uint8Array(1));
  expect(lane.stopped).toBe(true);
  const before = changes();
  clock.advance(1_000);
  expect(lane.stopped).toBe(false);
  expect(changes()).toBeGreaterThan(before);
});

test('what comes through while the receiver takes nothing waits for it, in order', () => {
  const { lane, heard, clock } = openLane();
  const undo = lane.impair(late(10));
  lane.send(bytesOf('a'));
  lane.takes(false);
  clock.advance(10);
  undo();
  lane.send(bytesOf('b'));
  expect([heard, lane.bytes]).toEqual([[], 2]);
  lane.takes(true);
  expect(heard).toEqual([]); // Never from inside the call.
  clock.advance(0);
  expect(heard.map(([, text]) => text)).toEqual(['a', 'b']);
});

test('cleared, what was on its way is lost, and the faults stay', () => {
  const { lane, heard, clock } = openLane();
  lane.impair(late(10));
  lane.send(bytesOf('lost'));
  lane.clear();
  clock.advance(20);
  lane.send(bytesOf('late'));
  clock.advance(10);
  expect(heard).toEqual([[30, 'late']]);
  expect(clock.pending).toBe(0);
});

test('a receiver that clears or undoes from inside what it is handed does no harm', () => {
  const clock = new VirtualClock();
  const heard: string[] = [];
  let react = () => {};
  const lane: Lane = new Lane({
    clock,
    arrived: (bytes) => {
      heard.push(Buffer.from(bytes).toString());
      react();
    },
    changed: () => {},
  });
  const undo = lane.impair({ pass: (bytes) => [...bytes].map((byte) => ({ bytes: Uint8Array.of(byte), afterMs: 0 })) });
  react = () => lane.clear();
  lane.send(bytesOf('abc'));
  expect([heard, lane.bytes]).toEqual([['a'], 0]);
  react = undo;
  lane.send(bytesOf('def'));
  lane.send(bytesOf('ghi'));
  expect(heard).toEqual(['a', 'd', 'e', 'f', 'ghi']);
});
