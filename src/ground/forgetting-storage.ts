import type { Clock } from '../ports/clock.js';
import type { Storage } from '../ports/storage.js';

/** Keeps nothing, for what lives as long as this process and is never read back. Whoever syncs is answered in the next event. */
export function forgettingStorage(clock: Clock, address: string): Storage {
  let closed = false;
  return {
    address,
    read: () => new Uint8Array(0),
    append() {},
    sync: (done) => void clock.setTimeout(() => closed || done(), 0),
    truncate() {},
    close() {
      closed = true;
    },
  };
}
