import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Reply, ReplyReader } from '../../../src/world/replay/replies.js';

const hex = (text: string) => Buffer.from(text, 'hex');
const plain = ({ kind, bytes, offset }: Reply) => `${offset} ${kind} ${Buffer.from(bytes).toString('hex')}`;
const split = (text: string) => {
  const reader = new ReplyReader();
  return [...reader.feed(hex(text), 0), ...reader.reset()].map(plain);
};

describe('replies are told apart by their fixed bits', () => {
  test.each([
    ['12', ['0 real-time 12']],
    ['7e16', ['0 real-time 7e', '1 real-time 16']],
    ['10000000', ['0 asb 10000000']],
    ['3c04034f', ['0 asb 3c04034f']],
    ['000c', ['0 byte 00', '1 byte 0c']],
    ['1311', ['0 flow 13', '1 flow 11']],
    ['5f544d2d6d333000', ['0 block 5f544d2d6d333000']],
    ['37226e4d604c00', ['0 block 37226e4d604c00']],
    ['372500', ['0 block 372500']],
    ['37223032723100', ['0 block 37223032723100']],
    ['3b3000', ['0 block 3b3000']],
    ['ff', ['0 noise ff']],
  ])('%s', (bytes, replies) => {
    expect(split(bytes)).toEqual(replies);
  });
});

describe('what falls into the middle of a reply', () => {
  test('XOFF in an automatic status', () => {
    expect(split('1000130000')).toEqual(['2 flow 13', '0 asb 10000000']);
  });

  test('a real-time status in a name, and in a process ID', () => {
    expect(split('5f41124200')).toEqual(['2 real-time 12', '0 block 5f414200']);
    expect(split('37226e124d604c00')).toEqual(['3 real-time 12', '0 block 37226e4d604c00']);
  });

  test('the next automatic status, when the first lost its end', () => {
    expect(split('100010000000')).toEqual(['0 noise 1000', '2 asb 10000000']);
  });

  test('the line going down', () => {
    expect(split('5f4142')).toEqual(['0 noise 5f4142']);
  });
});

test('no byte is lost, and any split of the stream gives the same replies', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 50 }), (bytes, chunkBytes) => {
      const whole = new ReplyReader();
      const parts = new ReplyReader();
      const once = [...whole.feed(bytes, 0), ...whole.reset()];
      const inParts: Reply[] = [];
      for (let at = 0; at < bytes.length; at += chunkBytes)
        inParts.push(...parts.feed(bytes.subarray(at, at + chunkBytes), 0));
      inParts.push(...parts.reset());
      expect(inParts).toEqual(once);
      expect(once.reduce((sum, reply) => sum + reply.bytes.length, 0)).toBe(bytes.length);
    }),
  );
});
