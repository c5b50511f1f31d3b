import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { listenError } from '../../src/base/listen-error.js';

/** What the system says of a server that cannot listen. */
async function failure(host: string, port: number): Promise<unknown> {
  const server = createServer();
  try {
    return await new Promise((failed, listening) => {
      server.once('error', failed);
      server.listen({ host, port }, () => listening(new Error(`${host}:${port} is free`)));
    });
  } finally {
    server.close();
  }
}

describe('why a server cannot listen', () => {
  test('a port in use', async () => {
    const holder = createServer();
    await new Promise<void>((listening) => holder.listen({ host: '127.0.0.1', port: 0 }, listening));
    const address = holder.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const error = listenError(await failure('127.0.0.1', port), 'control API', '127.0.0.1', port);
    holder.close();
    expect(error.code).toBe('PJ_PORT_IN_USE');
    expect(error.message).toBe(
      `Port ${port} on 127.0.0.1 is in use by another program. Stop it, or choose another port.`,
    );
    expect(error.cause).toMatchObject({ code: 'EADDRINUSE' });
  });

  test('an address that this machine does not have', async () => {
    const error = listenError(await failure('192.0.2.1', 0), 'control API', '192.0.2.1', 0);
    expect(error.code).toBe('PJ_LISTEN');
    expect(error.message).toMatch(
      /^The control API cannot listen on 192\.0\.2\.1:0: .*EADDRNOTAVAIL.*\. Choose another address or port\.$/,
    );
  });

  test('something that is no error of the system', () => {
    expect(listenError('strange', 'printer', '::1', 9_100).message).toBe(
      'The printer cannot listen on ::1:9100: strange. Choose another address or port.',
    );
  });
});
