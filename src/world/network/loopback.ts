import type { Server } from 'node:net';
import { listenError } from '../../base/listen-error.js';

const HOST = '127.0.0.1';

/** Lets a server listen on a free port of loopback, and gives `127.0.0.1:40123`. Throws `PJ_LISTEN`. */
export function listenOnLoopback(server: Server, what: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(listenError(cause, what, HOST, 0)));
    server.listen(0, HOST, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('a server on a port has an address');
      resolve(`${HOST}:${address.port}`);
    });
  });
}
