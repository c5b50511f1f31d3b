import type { Link } from '../ports/link.js';

/** A link that tells of each arrival. */
export function tapped(link: Link, arrived: (bytes: Uint8Array) => void): Link {
  return {
    address: link.address,
    get pendingBytes() {
      return link.pendingBytes;
    },
    open: (listener) =>
      link.open({
        opened: () => listener.opened(),
        received(bytes) {
          arrived(bytes);
          listener.received(bytes);
        },
        drained: () => listener.drained(),
        lost: (loss) => listener.lost(loss),
      }),
    write: (bytes) => link.write(bytes),
    reading: (on) => link.reading(on),
    close: () => link.close(),
  };
}
