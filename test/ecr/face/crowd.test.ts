import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeAuthority } from '../../../src/ground/certificates.js';
import { FaceBench } from './bench.js';

const lasting = { fromMs: Date.now() - 3_600_000, untilMs: Date.now() + 3_600_000 };
const authority = await makeAuthority('test authority', lasting);
const { certificate: cert, privateKey: key } = await authority.issue({ hosts: ['127.0.0.1'], ...lasting });
const limits = { arrivalMs: 2_000 };
const plain = await FaceBench.open({ limits });
const sealed = await FaceBench.open({ limits, tls: { key, cert } });

setFlagsFromString('--expose_gc');
const gc: () => void = runInNewContext('gc');

const REQUEST = 'POST /status HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok';

test('of a thousand connections at once, those that ask are answered, and those that say nothing harm nobody', async () => {
  const asked = Array.from({ length: 1_000 }, (_, i) =>
    plain.raw(i % 4 === 0 ? 'POST /status HTTP/1.1\r\nhost: l' : REQUEST),
  );
  const answers = await Promise.all(asked.filter((_, i) => i % 4 !== 0).map(({ text }) => text));
  expect(answers.filter((text) => /^HTTP\/1\.1 201 [\s\S]*you said ok$/.test(text))).toHaveLength(750);
  for (const { socket } of asked) socket.destroy();
});

/** Bytes as they come from scanners, other protocols, broken clients and people. */
const BYTES = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 300 }),
  fc.string({ minLength: 1, maxLength: 300 }).map((text) => Buffer.from(text)),
  fc
    .tuple(
      fc.constantFrom('GET', 'POST', 'PUT', 'BREW', 'post', ''),
      fc.string({ maxLength: 40 }),
      fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'RTSP/1.0', ''),
      fc.array(fc.tuple(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 })), { maxLength: 4 }),
      fc.string({ maxLength: 60 }),
    )
    .map(([method, path, version, headers, body]) =>
      Buffer.from(
        `${method} /${path} ${version}\r\nhost: localhost\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
      ),
    ),
);

test.each([
  ['HTTP', plain],
  ['HTTPS', sealed],
] as const)('whatever bytes come to its port, a face on %s is there for the next till', async (_, bench) => {
  await fc.assert(
    fc.asyncProperty(fc.array(BYTES, { minLength: 8, maxLength: 8 }), async (all) => {
      const connections = all.map((bytes) => bench.raw(bytes));
      await Promise.all(connections.map(({ socket }) => untilHeardOrWritten(socket)));
      for (const { socket } of connections) socket.destroy();
    }),
    { numRuns: 40 },
  );
  expect(bench.bugs).toEqual([]);
  expect(await bench.ask('/sale', { body: '1', ca: authority.certificate })).toMatchObject({ status: 201 });
  await bench.until(() => bench.busy === 0);
});

async function untilHeardOrWritten(socket: Socket): Promise<void> {
  if (socket.connecting) await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
  if (socket.writableLength > 0) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
}

test('memory stays as it is, however many come and go, with and without a request', async () => {
  const round = async () => {
    const all = Array.from({ length: 250 }, (_, i) =>
      plain.raw([REQUEST, 'garbage\r\n\r\n', REQUEST.slice(0, 40)][i % 3]),
    );
    await Promise.all(all.flatMap(({ text }, i) => (i % 3 === 2 ? [] : [text])));
    for (const { socket } of all) socket.destroy();
    await Promise.all(all.map(({ text }) => text));
    plain.face.heard.length = 0;
  };
  const usedBytes = async () => {
    await round();
    gc();
    return process.memoryUsage().heapUsed;
  };
  for (let i = 0; i < 3; i++) await round();
  const before = await usedBytes();
  for (let i = 0; i < 8; i++) await round();
  expect((await usedBytes()) - before).toBeLessThan(2_000_000);
});
