import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ReplyParser, type ReplySink } from '../../src/printer/reply-parser.js';
import { hex } from './bytes.js';

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
