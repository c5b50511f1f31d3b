import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { Rate } from '../../../src/ecr/face/rate.js';
import { FaceBench } from './bench.js';

const limits = { bodyBytes: 100, headerBytes: 2_048, connections: 8, arrivalMs: 200, idleMs: 150 };
const bench = await FaceBench.open({ limits, token: 'open sesame' });
const headers = { authorization: 'Bearer open sesame' };
const HEAD = 'POST /sale HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer open sesame\r\n';

/** Whoever is slow harms nobody else. */
afterEach(async () => {
  bench.face.waits = false;
  await bench.until(() => bench.busy === 0);
  expect(await bench.ask('/sale', { headers, body: '1' })).toMatchObject({ status: 201 });
});

describe('limits', () => {
  test.each([
    ['says nothing', '', /^$|^HTTP\/1\.1 408 /],
    [
      'stops in its head',
      'POST /sale HTTP/1.1\r\nhost: loc',
      /^HTTP\/1\.1 408 [\s\S]*refused: it did not come to its end in time$/,
    ],
    ['stops in its body', `${HEAD}content-length: 50\r\n\r\nhalf`, /^HTTP\/1\.1 408 [\s\S]*refused: it did not come/],
  ])('a client that %s is refused in time', async (_, bytes, answer) => {
    expect(await bench.raw(bytes).text).toMatch(answer);
    expect(bench.face.heard).toEqual([]);
  });

  test('a client that comes byte by byte is refused all the same', async () => {
    const { socket, text } = bench.raw();
    const drip = setInterval(() => socket.write('a'), 20);
    socket.once('close', () => clearInterval(drip));
    socket.write('GET / HTTP/1.1\r\nhost: localhost\r\nx: ');
    expect(await text).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('a connection that is not used any more is closed', async () => {
    const { text } = bench.raw(`${HEAD}content-length: 1\r\n\r\n1`);
    expect(await text).toMatch(/^HTTP\/1\.1 201 [\s\S]*you said 1$/);
  });

  test('a till that waits for its answer is not idle', async () => {
    bench.face.waits = true;
    const { result } = bench.call('/sale', { headers });
    await bench.until(() => bench.face.open.length === 1);
    const other = bench.raw(); // It comes later, and is cut off for its silence.
    await other.text;
    bench.face.open[0]?.answer({ status: 200, body: 'at last' });
    expect(await result).toMatchObject({ status: 200, body: 'at last' });
  });

  test('a body and a head that are too large', async () => {
    const tooLarge = { status: 413, body: 'refused: its body is larger than 100 bytes' };
    expect(await bench.ask('/sale', { headers, body: 'x'.repeat(101) })).toMatchObject(tooLarge);
    const answer = await bench.ask('/sale', { headers: { ...headers, x: 'y'.repeat(3_000) } });
    expect(answer).toMatchObject({ status: 431, body: 'refused: its address and headers are larger than 2 KiB' });
  });

  test('a connection more than there may be is closed without a word', async () => {
    const held = Array.from({ length: limits.connections }, () => bench.raw());
    await Promise.all(held.map(({ socket }) => once(socket, 'connect')));
    expect(await bench.raw(`${HEAD}content-length: 0\r\n\r\n`).text).toBe('');
    for (const { socket } of held) socket.destroy();
    await Promise.all(held.map(({ text }) => text));
  });

  test('an answer that nobody reads does not wait for ever', async () => {
    bench.face.waits = true;
    const { socket } = bench.raw(`${HEAD}content-length: 1\r\n\r\n1`);
    socket.pause();
    await bench.until(() => bench.face.open.length === 1);
    bench.face.open[0]?.answer({ status: 200, body: 'x'.repeat(20_000_000) });
    await bench.until(() => bench.busy === 0);
    socket.destroy();
  });
});

describe('the bearer token', () => {
  test.each([
    [{}, /refused: .* it needs the bearer token of this terminal, and none is given/],
    [{ authorization: 'Bearer close sesame' }, /and it is another one/],
    [{ authorization: 'Basic open sesame' }, /and it is another one/],
  ])('%j is not it', async (given, words) => {
    const answer = await bench.ask('/sale', { headers: { ...given } });
    expect(answer).toMatchObject({ status: 401, body: expect.stringMatching(words) });
    expect(answer).toMatchObject({ headers: { 'www-authenticate': 'Bearer' } });
    expect(bench.face.heard).toEqual([]);
  });
});

describe('the rate of an address', () => {
  test('is so many at once, and then so many a second', () => {
    const rate = new Rate(10);
    const lets = (count: number, nowMs: number) =>
      Array.from({ length: count }, () => rate.lets('a', nowMs)).filter(Boolean).length;
    expect(lets(15, 0)).toBe(10);
    expect(lets(5, 99)).toBe(0);
    expect(lets(5, 300)).toBe(3);
    expect(lets(20, 60_000)).toBe(10);
    expect(rate.lets('b', 60_000)).toBe(true);
  });

  test('is remembered for so many addresses only, the latest', () => {
    const rate = new Rate(1);
    for (let i = 0; i < 30_000; i++) rate.lets(`a${i}`, 0);
    expect(rate.size).toBeLessThanOrEqual(10_000);
    expect(rate.lets('a29999', 0)).toBe(false);
  });
});
