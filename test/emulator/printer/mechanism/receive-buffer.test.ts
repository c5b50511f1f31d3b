import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ReceiveBuffer } from '../../../../src/emulator/printer/mechanism/receive-buffer.js';

function filled(capacity: number, bytes: number): ReceiveBuffer {
  const buffer = new ReceiveBuffer(capacity);
  buffer.append(new Uint8Array(bytes), 0, bytes);
  return buffer;
}

test('4 KB: full with 128 bytes free, and room again with 256', () => {
  expect([filled(4096, 3967).isFull, filled(4096, 3968).isFull]).toEqual([false, true]);
  expect([filled(4096, 3841).hasRoom, filled(4096, 3840).hasRoom]).toEqual([false, true]);
});

test('45 bytes, as a switch of older models sets it: full with 11 free, room with 22', () => {
  expect([filled(45, 33).isFull, filled(45, 34).isFull]).toEqual([false, true]);
  expect([filled(45, 24).hasRoom, filled(45, 23).hasRoom]).toEqual([false, true]);
});

test('bytes come out in the order in which they went in, with their offsets, however they are taken', () => {
  const step = fc.record({
    put: fc.nat({ max: 900 }),
    take: fc.nat({ max: 900 }),
    clear: fc.integer({ min: 0, max: 20 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const buffer = new ReceiveBuffer(1024);
      let next = 0; // Each byte is its offset, modulo 251.
      let expected = 0;
      for (const { put, take, clear } of steps) {
        const chunk = Uint8Array.from({ length: put + 2 }, (_, index) => (next + index - 1 + 251) % 251);
        buffer.append(chunk, 1, put + 1);
        next += put;
        if (clear === 0) {
          buffer.clear();
          expected = next;
        }
        buffer.consume((bytes, start, end, base) => {
          expect([base + start, end - start]).toEqual([expected, next - expected]);
          const to = Math.min(end, start + take);
          for (let at = start; at < to; at++) expect(bytes[at]).toBe((base + at) % 251);
          expected += to - start;
          return to;
        });
        expect([buffer.offset, buffer.length]).toEqual([expected, next - expected]);
      }
    }),
  );
});

test('cleared while its bytes are taken, it stays clear', () => {
  const buffer = filled(64, 10);
  buffer.consume((_, start) => {
    buffer.reset();
    return start + 4;
  });
  expect([buffer.length, buffer.offset]).toEqual([0, 0]);
});
