import { describe, expect, test } from 'vitest';
import type { Reply, ReplyKind } from '../../../src/world/replay/replies.js';
import { Pending, type Request, RequestReader } from '../../../src/world/replay/requests.js';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const found = (text: string) =>
  new RequestReader()
    .feed(hex(text), 0)
    .map((request) => (request === 'cleared' ? request : `${request.offset} ${request.name}, ${request.when}`));

describe('questions in a stream', () => {
  test.each([
    ['10 04 01 10 04 04', ['0 DLE EOT 1, now', '3 DLE EOT 4, now']],
    ['1d 72 01', ['0 GS r 1, queued']],
    ['1d 49 43', ['0 GS I 67, queued']],
    ['1d 61 0e', ['0 GS a 14, queued']],
    ['1d 61 00', []],
    ['1d 28 48 06 00 30 30 6e 4d 60 4c', ['0 GS ( H nM`L, queued']],
    ['10 14 08 01 03 14 01 06 02 08', ['cleared', '0 DLE DC4 8, now']],
    // A picture of six bytes: real-time questions in it are answered, others are dots.
    ['1d 76 30 00 06 00 01 00 10 04 02 1d 72 01', ['8 DLE EOT 2, now']],
  ])('%s', (bytes, requests) => {
    expect(found(bytes)).toEqual(requests);
  });
});

const reply = (kind: ReplyKind, bytes: string, atMs = 0): Reply => ({ kind, bytes: hex(bytes), atMs, offset: 0 });

function asked(text: string) {
  const unanswered: string[] = [];
  const pending = new Pending(3_000, ({ name }) => unanswered.push(name));
  for (const request of new RequestReader().feed(hex(text), 0)) if (request !== 'cleared') pending.ask(request);
  const answer = (...of: Parameters<typeof reply>) => pending.answeredBy(reply(...of))?.name;
  return { pending, unanswered, answer };
}

describe('answers find their question', () => {
  test('in the order in which they were asked', () => {
    const { answer, unanswered } = asked('10 04 01 10 04 02 1d 72 01');
    expect([answer('real-time', '12'), answer('byte', '00'), answer('real-time', '12')]).toEqual([
      'DLE EOT 1',
      'GS r 1',
      'DLE EOT 2',
    ]);
    expect(unanswered).toEqual([]);
  });

  test('by their ID, so that those before it have no answer', () => {
    const { answer, unanswered } = asked('1d 28 48 06 00 30 30 61 61 61 61 1d 72 01 1d 28 48 06 00 30 30 62 62 62 62');
    expect(answer('block', '37 22 62 62 62 62 00')).toBe('GS ( H bbbb');
    expect(unanswered).toEqual(['GS ( H aaaa', 'GS r 1']);
    expect(answer('block', '37 22 63 63 63 63 00')).toBeUndefined();
  });

  test('not after three seconds, if they are real-time', () => {
    const { answer, unanswered } = asked('10 04 01 1d 72 01');
    expect(answer('real-time', '12', 3_001)).toBeUndefined();
    expect(unanswered).toEqual(['DLE EOT 1']);
    expect(answer('byte', '00', 60_000)).toBe('GS r 1');
  });

  test('an automatic status is one only when it is next in turn', () => {
    const { answer, unanswered } = asked('1d 72 01 1d 61 0e');
    expect(answer('asb', '10 00 00 00')).toBeUndefined();
    expect(unanswered).toEqual([]);
    expect([answer('byte', '00'), answer('asb', '10 00 00 00')]).toEqual(['GS r 1', 'GS a 14']);
  });

  test('none when the buffer was cleared, or the line is down', () => {
    const { pending, unanswered } = asked('10 04 01 1d 72 01');
    pending.cleared();
    expect(unanswered).toEqual(['GS r 1']);
    pending.end();
    expect(unanswered).toEqual(['GS r 1', 'DLE EOT 1']);
  });
});

test('a request says what its answer begins with', () => {
  const [request] = new RequestReader().feed(hex('1d 28 48 06 00 30 30 61 62 63 64'), 5);
  expect(request).toEqual({
    name: 'GS ( H abcd',
    when: 'queued',
    kind: 'block',
    begins: Uint8Array.of(0x37, 0x22, 0x61, 0x62, 0x63, 0x64),
    atMs: 5,
    offset: 0,
  } satisfies Request);
});
