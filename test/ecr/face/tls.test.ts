import { connect } from 'node:tls';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeAuthority } from '../../../src/ground/certificates.js';
import { FaceBench } from './bench.js';

const lasting = { fromMs: Date.now() - 3_600_000, untilMs: Date.now() + 3_600_000 };
const authority = await makeAuthority('test authority', lasting);
const { certificate: cert, privateKey: key } = await authority.issue({ hosts: ['127.0.0.1'], ...lasting });
const limits = { arrivalMs: 300, requestsPerSecond: 5 };
/** Time by which requests are counted: a second from test to test. */
let nowMs = 0;
beforeEach(() => {
  nowMs += 1_000;
});
const bench = await FaceBench.open({ tls: { key, cert }, limits, now: () => nowMs });
const SALE = { body: '12.80', ca: authority.certificate };

describe('over TLS', () => {
  test('a till that trusts the authority is served', async () => {
    expect(bench.served.url).toBe(`https://127.0.0.1:${bench.served.port}`);
    expect(await bench.ask('/sale', SALE)).toMatchObject({ status: 201, body: 'you said 12.80' });
  });

  test('one that does not, sends nothing', async () => {
    expect(await bench.ask('/sale', { body: '12.80' })).toEqual({ failure: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    expect(bench.face.heard).toEqual([]);
  });

  test.each(['reset', 'half'] as const)('%s is the end of the connection', async (how) => {
    bench.befalls({ breaks: { delivered: true, how } });
    expect(await bench.ask('/sale', SALE)).toEqual({ failure: 'ECONNRESET' });
    expect(bench.face.heard).toEqual(['POST /sale 12.80']);
    await bench.until(() => bench.busy === 0);
  });

  test.each([
    ['HTTP in plain', 'POST /sale HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n'],
    ['garbage', '\u0000\u0001\u0002\u0003'.repeat(100)],
    ['silence', ''],
    ['half a handshake', '\u0016\u0003\u0001\u0002\u0000\u0001'],
  ])('%s at its port: the connection ends, and nobody is harmed', async (_, bytes) => {
    await bench.raw(bytes).text;
    expect(bench.face.heard).toEqual([]);
    expect(bench.bugs).toEqual([]);
  });

  test('a handshake with nothing behind it ends in time', async () => {
    const socket = connect({ port: bench.served.port, host: '127.0.0.1', ca: authority.certificate });
    const closed = new Promise((done) => socket.once('close', done));
    socket.on('error', () => {});
    socket.resume();
    await closed;
    expect(bench.face.heard).toEqual([]);
  });

  test('who asks too often is told so, until a second is over', async () => {
    const ask = () => bench.ask('/status', SALE);
    for (let n = 0; n < limits.requestsPerSecond; n++) expect(await ask()).toMatchObject({ status: 201 });
    expect(await ask()).toMatchObject({
      status: 429,
      headers: { 'retry-after': '1' },
      body: 'refused: The request is refused: more than 5 a second come from 127.0.0.1. Send them more slowly.',
    });
    nowMs += 199;
    expect(await ask()).toMatchObject({ status: 429 });
    nowMs += 1;
    expect(await ask()).toMatchObject({ status: 201 });
  });
});
