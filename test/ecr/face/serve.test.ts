import { describe, expect, test } from 'vitest';
import { FaceBench } from './bench.js';

const bench = await FaceBench.open();
const SAID = { status: 201, headers: { 'x-face': 'yes' }, body: 'you said 12.80' };
const SALE = { body: '12.80' };

/** A sale that the journal knows, so that a delivery can be noted. */
const saleId = bench.world.people.sell(1_280, {});
bench.simulation.clock.runUntil(() => bench.shop.first.facts(saleId) !== undefined);
const delivery = () => bench.shop.first.facts(saleId)?.delivery;

describe('a request over HTTP', () => {
  test.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'application/xml; charset=utf-8'])(
    'comes to the face as text, with content type %s',
    async (type) => {
      const answer = await bench.ask('/v1/%7Bid%7D/sale?a=1&b=%20', { headers: { 'content-type': type }, body: 'a=é' });
      expect(answer).toMatchObject({ status: 201, body: 'you said a=é', headers: { 'x-face': 'yes' } });
      expect(bench.face.heard).toEqual(['POST /v1/%7Bid%7D/sale?a=1&b=%20 a=é']);
    },
  );

  test('comes without a content type, and in any method', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'SEARCH']) {
      expect(await bench.ask('/', { method })).toMatchObject({ status: 201, body: 'you said ' });
    }
    await bench.ask('/sale', { body: '{"not":"parsed"' });
    expect(bench.face.heard.slice(-2)).toEqual(['SEARCH /', 'POST /sale {"not":"parsed"']);
  });

  test('is answered without a body where there may be none', async () => {
    expect(await bench.ask('/sale', { method: 'HEAD' })).toMatchObject({ status: 201, body: '' });
    bench.face.waits = true;
    const { result } = bench.call('/abort');
    await bench.until(() => bench.face.open.length === 1);
    bench.face.open[0]?.answer({ status: 204, body: '' });
    expect(await result).toMatchObject({ status: 204, body: '' });
  });

  test('keeps the machine busy until it is answered, and no longer', async () => {
    bench.face.waits = true;
    const { result } = bench.call('/sale', SALE);
    await bench.until(() => bench.face.open.length === 1);
    expect(bench.busy).toBe(1);
    bench.face.open[0]?.answer({ status: 200, body: 'ok' });
    await result;
    await bench.until(() => bench.busy === 0);
  });
});

describe('the third fact', () => {
  test('a till that hangs up has lost its answer, and the face knows that it has gone', async () => {
    Object.assign(bench.face, { waits: true, expected: saleId });
    const { result, end } = bench.call('/sale', SALE);
    await bench.until(() => bench.face.open.length === 1);
    end();
    await bench.until(() => bench.face.gone === 1);
    expect(await result).toEqual({ failure: 'ECONNRESET' });
    await bench.until(() => delivery() === 'lost');
    expect(bench.told).toEqual([]);
  });
});

describe('what can become of an answer', () => {
  test.each([
    ['reset', { failure: 'ECONNRESET' }],
    ['half', { failure: 'ECONNRESET' }],
    ['empty', { status: 200, body: '' }],
    [{ body: '<html>' }, { status: 200, body: '<html>' }],
  ] as const)('%j: it is done, and its answer is lost', async (how, result) => {
    bench.befalls({ breaks: { delivered: true, how } });
    bench.face.told = [{ world: bench.world, saleId, payment: 'paid' }];
    expect(await bench.ask('/sale', SALE)).toMatchObject(result);
    expect(bench.face.heard).toEqual(['POST /sale 12.80']);
    await bench.until(() => bench.busy === 0);
    expect(bench.shop.first.facts(saleId)?.delivery).toBe('lost');
  });

  test('half of it is half of its bytes, under a head that promises all of them', async () => {
    bench.befalls({ breaks: { delivered: true, how: 'half' } });
    const { text } = bench.raw('POST /sale HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\n\r\n12.80');
    expect(await text).toMatch(/content-length: 14\r\n[\s\S]*\r\n\r\nyou sai$/);
  });

  test('a reset before the request has arrived: nothing is done', async () => {
    bench.befalls({ breaks: { delivered: false, how: 'reset' } });
    expect(await bench.ask('/sale', SALE)).toEqual({ failure: 'ECONNRESET' });
    expect(bench.face.heard).toEqual([]);
  });

  test('silence keeps the connection open, until the till gives up', async () => {
    bench.befalls({ breaks: { delivered: true, how: 'silence' } });
    const { result, end } = bench.call('/sale', SALE);
    await bench.until(() => bench.face.heard.length === 1);
    expect(bench.busy).toBe(1);
    end();
    expect(await result).toEqual({ failure: 'ECONNRESET' });
    await bench.until(() => bench.busy === 0);
  });

  test('late, it comes when its time has come', async () => {
    bench.befalls({ answerDelayMs: 5_000 });
    const { result } = bench.call('/sale', SALE);
    await bench.until(() => bench.face.heard.length === 1);
    bench.simulation.clock.advance(5_000);
    expect(await result).toMatchObject(SAID);
  });

  test('a power cut in the moment before it leaves resets the connection', async () => {
    bench.world.faults.put({ fault: 'terminal.power-cut', when: { till: 'sale', at: 'answered' } });
    expect(await bench.ask('/sale', SALE)).toEqual({ failure: 'ECONNRESET' });
    bench.simulation.clock.runUntil(() => bench.world.terminal.free);
  });
});

describe('requests that come one behind the other on a connection', () => {
  const request = (path: string) => `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n`;
  const both = async () => {
    bench.face.waits = true;
    const connection = bench.raw(request('/sale') + request('/status'));
    await bench.until(() => bench.face.open.length === 2);
    expect(bench.busy).toBe(2);
    return connection;
  };

  test('are answered in their order, whichever is ready first', async () => {
    const { text } = await both();
    const [first, second] = bench.face.open;
    second?.answer({ status: 200, headers: { connection: 'close' }, body: 'second' });
    first?.answer({ status: 200, body: 'first' });
    expect(await text).toMatch(/\r\n\r\nfirstHTTP[\s\S]*\r\n\r\nsecond$/);
    await bench.until(() => bench.busy === 0);
  });

  test('a reset for one that waits for an earlier answer is the end of the connection at once', async () => {
    const { text } = await both();
    bench.face.open[1]?.drop();
    expect(await text).toBe('');
    await bench.until(() => bench.busy === 0);
    expect(bench.face.gone).toBe(1);
  });

  test('of each the face knows that the till has gone', async () => {
    const { socket } = await both();
    socket.destroy();
    await bench.until(() => bench.face.gone === 2);
    await bench.until(() => bench.busy === 0);
  });

  test('a connection that many share, one after the other, is not burdened by it', async () => {
    const warnings: Error[] = [];
    const heard = (warning: Error) => warnings.push(warning);
    process.on('warning', heard);
    const { socket } = bench.raw(request('/status').repeat(30));
    await bench.until(() => bench.face.heard.length === 30 && bench.busy === 0);
    bench.face.waits = true;
    socket.write(request('/status').repeat(30));
    await bench.until(() => bench.busy === 30);
    await new Promise((turn) => setImmediate(turn)); // In which warnings come.
    socket.destroy();
    await bench.until(() => bench.busy === 0);
    process.off('warning', heard);
    expect(warnings).toEqual([]);
  });
});

describe('what is no request is refused in the face’s own words', () => {
  test('a body over the limit', async () => {
    const refused = { status: 413, body: 'refused: its body is larger than 65536 bytes' };
    expect(await bench.ask('/sale', { body: 'x'.repeat(65_537) })).toMatchObject(refused);
    const chunk = `${(10_000).toString(16)}\r\n${' '.repeat(10_000)}\r\n`;
    const head = 'POST /sale HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n';
    expect(await bench.raw(`${head}${chunk.repeat(10)}0\r\n\r\n`).text).toMatch(/^HTTP\/1\.1 413 [\s\S]*refused: /);
    expect(bench.face.heard).toEqual([]);
  });

  test.each([
    ['no HTTP', 'hello\r\n\r\n', /^HTTP\/1\.1 400 [\s\S]*content-type: text\/x-refusal[\s\S]*refused: it is not HTTP$/],
    [
      'a head that does not end',
      `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}`,
      /^HTTP\/1\.1 431 [\s\S]*refused: its address/,
    ],
    [
      'a broken escape',
      'GET /%zz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n',
      /^HTTP\/1\.1 400 [\s\S]*refused: .*%zz/,
    ],
    [
      'a content type that is none',
      'POST / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: nonsense\r\ncontent-length: 1\r\n\r\nx',
      /^HTTP\/1\.1 415 [\s\S]*refused: its content type nonsense is none$/,
    ],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
    [
      'a TLS handshake',
      Uint8Array.of(0x16, 0x03, 0x01, 0x00, 0x05, 1, 0, 0, 1, 0),
      /^HTTP\/1\.1 400 [\s\S]*refused: it is not HTTP$/,
    ],
  ])('%s', async (_, bytes, answer) => {
    expect(await bench.raw(bytes).text).toMatch(answer);
    expect(bench.face.heard).toEqual([]);
  });

  test.each([
    ['host', 'rebound.example'],
    ['origin', 'https://evil.example'],
  ])('%s %s is elsewhere', async (name, value) => {
    expect(await bench.ask('/sale', { headers: { [name]: value } })).toMatchObject({
      status: 403,
      body: expect.stringMatching(/^refused: /),
    });
    expect(bench.face.heard).toEqual([]);
  });

  test('and a bug of the face is told to whoever wants to know, not to the till', async () => {
    bench.face.waits = true;
    Object.assign(bench.face, {
      open: {
        push: () => {
          throw new TypeError('secret');
        },
      },
    });
    expect(await bench.ask('/sale', SALE)).toMatchObject({ status: 500, body: expect.not.stringContaining('secret') });
    expect(bench.bugs).toMatchObject([{ message: 'secret' }]);
  });
});

/** The last of all: what is delivered stays so. */
test('an answer that has left is delivered', async () => {
  bench.face.told = [{ world: bench.world, saleId, payment: 'paid' }];
  await bench.ask('/status');
  await bench.until(() => delivery() === 'delivered');
  expect(bench.told).toEqual([{ face: 'api', saleId, payment: 'paid' }]);
});
