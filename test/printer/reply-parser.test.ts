import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ReplyParser, type ReplySink } from '../../src/printer/reply-parser.js';
import { hex } from './bytes.js';

/** One of the 48 characters of process IDs: bit 4 is 0. */
function idCharacter(digit: number): number {
  return 0x20 * (1 + Math.floor(digit / 16)) + (digit % 16);
}

/** What a parser said, one string a call. */
function said(...chunks: Uint8Array[]): string[] {
  const calls: string[] = [];
  const sink: ReplySink = {
    flow: (on) => calls.push(on ? 'XON' : 'XOFF'),
    realtime: (byte) => calls.push(`DLE EOT ${byte.toString(16)}`),
    asb: (...bytes) => calls.push(`ASB ${bytes.map((byte) => byte.toString(16)).join(' ')}`),
    processId: (id) => calls.push(`ID ${id.toString(16)}`),
    cleared: () => calls.push('cleared'),
    queuedStatus: (byte) => calls.push(`GS r ${byte.toString(16)}`),
    text: (text) => calls.push(`text ${text}`),
  };
  const parser = new ReplyParser(sink);
  for (const chunk of chunks) parser.feed(chunk);
  return calls;
}

describe('the stream of replies', () => {
  test('is split into its kinds by their fixed bits', () => {
    expect(said(hex('12 16 1a 72'))).toEqual(['DLE EOT 12', 'DLE EOT 16', 'DLE EOT 1a', 'DLE EOT 72']);
    expect(said(hex('10 00 00 00 38 04 0c 00'))).toEqual(['ASB 10 0 0 0', 'ASB 38 4 c 0']);
    expect(said(hex('37 22 41 42 43 44 00'))).toEqual(['ID 41424344']);
    expect(said(hex('37 25 00'))).toEqual(['cleared']);
    expect(said(hex('5f 54 4d 2d 54 38 38 56 00'))).toEqual(['text TM-T88V']);
    expect(said(hex('00 03 0c'))).toEqual(['GS r 0', 'GS r 3', 'GS r c']);
    expect(said(hex('13 11'))).toEqual(['XOFF', 'XON']);
  });

  test('noise inside an ASB costs the ASB: what follows is not made into one', () => {
    expect(said(hex('10 00 ff 04 0c'))).toEqual(['GS r 4', 'GS r c']);
    expect(said(hex('10 00 ff 00 10 00 00 00'))).toEqual(['GS r 0', 'ASB 10 0 0 0']);
  });

  test('what was half received when the link was lost is not completed by the next link', () => {
    const sink = { flow() {}, realtime() {}, processId() {}, cleared() {}, text() {} };
    const calls: string[] = [];
    const parser = new ReplyParser({
      ...sink,
      asb: () => calls.push('ASB'),
      queuedStatus: (byte) => calls.push(`GS r ${byte}`),
      processId: () => calls.push('ID'),
    });
    parser.feed(hex('10 00'));
    parser.reset();
    parser.feed(hex('00 00'));
    parser.feed(hex('37 22 41 42'));
    parser.reset();
    parser.feed(hex('43 44 00'));
    expect(calls.slice(0, 2)).toEqual(['GS r 0', 'GS r 0']);
    expect(calls).not.toContain('ID');
    expect(calls).not.toContain('ASB');
  });

  test('a notice that the printer goes off is a block, and no status', () => {
    expect(said(hex('3b 30 00 00 00 00'))).toEqual(['GS r 0', 'GS r 0', 'GS r 0']);
  });

  test('XOFF and XON between the bytes of an ASB or a block belong to neither', () => {
    expect(said(hex('10 13 00 11 00 00'))).toEqual(['XOFF', 'XON', 'ASB 10 0 0 0']);
    expect(said(hex('37 22 41 13 42 43 11 44 00'))).toEqual(['XOFF', 'XON', 'ID 41424344']);
  });

  test('an automatic status inside a process ID response is told from it, at whichever byte it falls in', () => {
    const response = [0x37, 0x22, 0x20, 0x4f, 0x60, 0x2f, 0x00];
    for (const asb of [hex('10 00 00 00'), hex('38 04 0c 00'), hex('78 00 03 00')]) {
      const name = `ASB ${[...asb].map((byte) => byte.toString(16)).join(' ')}`;
      for (let at = 1; at < response.length; at++) {
        const bytes = Uint8Array.from([...response.slice(0, at), ...asb, ...response.slice(at)]);
        expect(said(bytes)).toEqual([name, 'ID 204f602f']);
      }
    }
  });

  test('the answer to DLE EOT inside a process ID response, an ASB or a name is told from it', () => {
    expect(said(hex('37 22 41 42 12 43 44 00'))).toEqual(['DLE EOT 12', 'ID 41424344']);
    expect(said(hex('10 00 16 00 00'))).toEqual(['DLE EOT 16', 'ASB 10 0 0 0']);
    expect(said(hex('5f 54 12 32 00'))).toEqual(['DLE EOT 12', 'text T2']);
  });

  test('an ASB that lost a byte costs neither the block nor the ASB that follows', () => {
    expect(said(hex('10 00 00 37 22 41 42 43 44 00'))).toEqual(['ID 41424344']);
    expect(said(hex('10 00 00 18 04 00 00'))).toEqual(['ASB 18 4 0 0']);
  });

  test('a response that was hit by noise is dropped, not misread', () => {
    expect(said(hex('37 22 41 42 c3 44 00'))).toEqual([]);
    expect(said(hex('37 22 41 42 43 00'))).toEqual([]);
    expect(said(hex('37 21 41 00'))).toEqual([]);
    expect(said(hex('3b 30 00'))).toEqual([]);
  });

  test('a block without an end is given up, and what follows is understood', () => {
    const endless = Uint8Array.from({ length: 300 }, (_, i) => (i === 0 ? 0x5f : 0x61));
    const calls = said(endless, hex('37 22 41 42 43 44 00'));
    expect(calls.at(-1)).toBe('ID 41424344');
  });

  const reply = fc.oneof(
    fc.constantFrom('12', '1a', '72', '11', '13', '00', '03').map(hex),
    fc.constantFrom('10 00 00 00', '38 04 0c 00', '37 22 41 42 43 44 00', '37 25 00', '5f 54 4d 00').map(hex),
    fc.uint8Array({ maxLength: 6 }),
  );

  /** Bytes of the form that the fixed bits give, and what else may be in them. */
  const byteOf = (fixed: number, free: number) => fc.nat(255).map((any) => fixed | (any & free));
  const id = fc.array(fc.nat(47), { minLength: 4, maxLength: 4 }).map((digits) => digits.map(idCharacter));
  const name = fc.array(fc.integer({ min: 0x20, max: 0xff }), { maxLength: 70 });
  /** What the printer says when it reaches a question, one after the other. `GS r` 0xx0xxxx; blocks. */
  const queued: fc.Arbitrary<{ bytes: number[]; says: string }> = fc.oneof(
    byteOf(0x00, 0x6f).map((byte) => ({ bytes: [byte], says: `GS r ${byte.toString(16)}` })),
    id.map((digits) => ({ bytes: [0x37, 0x22, ...digits, 0], says: `ID ${Buffer.from(digits).toString('hex')}` })),
    name.map((chars) => ({ bytes: [0x5f, ...chars, 0], says: `text ${String.fromCharCode(...chars)}` })),
    fc.constant('cleared').map((says) => ({ bytes: [0x37, 0x25, 0], says })),
  );
  const flow = fc.constantFrom(0x11, 0x13);
  const pauses = fc.array(flow, { maxLength: 2 });
  /** `DLE EOT` 0xx1xx10; ASB 0xx1xx00 and three times 0xx0xxxx, between which XON and XOFF may fall. */
  const realTime = byteOf(0x12, 0x6c).map((byte) => ({ bytes: [byte], says: `DLE EOT ${byte.toString(16)}` }));
  const asb = fc
    .tuple(byteOf(0x10, 0x6c), byteOf(0, 0x6f), byteOf(0, 0x6f), byteOf(0, 0x6f), pauses, pauses, pauses)
    .map(([b1, b2, b3, b4, p1, p2, p3]) => ({
      bytes: [b1, ...p1, b2, ...p2, b3, ...p3, b4],
      says: `ASB ${[b1, b2, b3, b4].map((byte) => byte.toString(16)).join(' ')}`,
    }));
  const pause = flow.map((byte) => ({ bytes: [byte], says: '' }));
  const interruption: fc.Arbitrary<{ bytes: number[]; says: string }> = fc.oneof(realTime, asb, pause);

  test('however it is interrupted, and however it is cut, says what was said, each kind in its order', () => {
    const piece = fc.record({ reply: queued, inside: fc.array(fc.tuple(fc.nat(80), interruption), { maxLength: 4 }) });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(900), { maxLength: 30 }), (pieces, cuts) => {
        const bytes: number[] = [];
        const expected: string[] = [];
        for (const { reply, inside } of pieces) {
          // In a name, a status is told from the letters only where it is a control character.
          const fits = inside.filter(
            ([
              ,
              {
                bytes: [first = 0],
              },
            ]) => reply.bytes[0] !== 0x5f || first < 0x20,
          );
          reply.bytes.forEach((byte, at) => {
            for (const [place, { bytes: between, says }] of fits) {
              if (place % reply.bytes.length !== at) continue;
              bytes.push(...between);
              if (says !== '') expected.push(says);
            }
            bytes.push(byte);
          });
          expected.push(reply.says);
        }
        const whole = Uint8Array.from(bytes);
        const edges = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
        const calls = said(...edges.slice(1).map((edge, i) => whole.subarray(edges[i], edge)));
        const kinds = [/^DLE EOT/, /^ASB/, /^(GS r|ID|text|cleared)/] as const;
        for (const kind of kinds) {
          expect(calls.filter((call) => kind.test(call))).toEqual(expected.filter((call) => kind.test(call)));
        }
        const flows = bytes.filter((byte) => byte === 0x11 || byte === 0x13);
        expect(calls.filter((call) => call.startsWith('X')).length).toBe(flows.length);
      }),
      { numRuns: 1_000 },
    );
  });

  test('means the same in any split', () => {
    fc.assert(
      fc.property(fc.array(reply, { maxLength: 20 }), fc.array(fc.nat(200)), (replies, cuts) => {
        const whole = Uint8Array.from(replies.flatMap((bytes) => [...bytes]));
        const edges = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
        const chunks = edges.slice(1).map((edge, i) => whole.subarray(edges[i], edge));
        expect(said(...chunks)).toEqual(said(whole));
      }),
    );
  });

  test('never throws, and after any noise and a quiet NUL the next response is understood', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        const calls = said(noise, hex('00 00 00 00'), hex('37 22 41 42 43 44 00'));
        expect(calls.at(-1)).toBe('ID 41424344');
      }),
    );
  });
});
