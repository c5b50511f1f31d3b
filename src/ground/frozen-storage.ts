import type { Storage } from '../ports/storage.js';

/** What a file held when it was read, for whoever only looks: nothing is ever written, a torn end is left as it is. */
export function frozenStorage(address: string, content: Uint8Array): Storage {
  return {
    address,
    read: () => content,
    append() {
      throw new Error(`${address} was opened to be read`);
    },
    sync: (done) => queueMicrotask(() => done()),
    truncate() {},
    close() {},
  };
}
