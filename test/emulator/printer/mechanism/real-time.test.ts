import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type RealTimeCommand, RealTimeWatch } from '../../../../src/emulator/printer/mechanism/real-time.js';
import { hex } from '../bench.js';

function seen(...chunks: readonly Uint8Array[]): { at: number; command: RealTimeCommand }[] {
  const watch = new RealTimeWatch();
  const found: { at: number; command: RealTimeCommand }[] = [];
  let before = 0;
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      at = watch.next(chunk, at);
      if (watch.command !== undefined) found.push({ at: before + at, command: watch.command });
    }
    before += chunk.length;
  }
  return found;
}

test.each([
  ['10 04 01', { kind: 'status', n: 1 }],
  ['10 04 04', { kind: 'status', n: 4 }],
  ['10 05 00', { kind: 'request', n: 0 }],
  ['10 05 02', { kind: 'request', n: 2 }],
  ['10 14 01 01 08', { kind: 'pulse', m: 1, t: 8 }],
  ['10 14 02 01 08', { kind: 'power-off' }],
  ['10 14 08 01 03 14 01 06 02 08', { kind: 'clear' }],
])('%s is seen when its last byte is there', (bytes, command) => {
  const whole = hex(bytes);
  expect(seen(whole)).toEqual([{ at: whole.length, command }]);
  expect(seen(whole.subarray(0, -1))).toEqual([]);
});

test.each([
  '10 04 00',
  '10 04 05',
  '10 05 03',
  '10 14 01 02 01',
  '10 14 01 00 00',
  '10 14 01 00 09',
  '10 14 02 01 09',
  '10 14 08 01 03 14 01 06 02 09',
  '10 13 01',
  '10',
])('%s is none', (bytes) => {
  expect(seen(hex(bytes))).toEqual([]);
}); // prettier-ignore

test('one that begins inside the beginning of another is seen', () => {
  expect(seen(hex('10 10 04 01'))).toMatchObject([{ at: 4 }]);
  expect(seen(hex('10 04 10 04 02'))).toMatchObject([{ at: 5, command: { n: 2 } }]);
  expect(seen(hex('10 14 08 01 03 10 05 01'))).toMatchObject([{ at: 8, command: { kind: 'request' } }]);
  expect(seen(hex('10 14 10 14 01 00 01'))).toMatchObject([{ at: 7, command: { kind: 'pulse' } }]);
});

test('they are seen wherever the stream is cut', () => {
  const byte = fc.constantFrom(0x10, 0x10, 0x04, 0x05, 0x14, 0x01, 0x02, 0x08, 0x03, 0x06, 0x00, 0x41);
  const whole = hex('10 14 08 01 03 14 01 06 02 08');
  const part = fc.oneof(fc.constant([...whole]), fc.array(byte, { maxLength: 8 }));
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const bytes = Uint8Array.from(parts.flat());
      expect(seen(...[...bytes].map((one) => Uint8Array.of(one)))).toEqual(seen(bytes));
    }),
  );
});
