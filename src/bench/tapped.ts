import type { Link } from '../ports/link.js';

export interface Taps {
  readonly written?: (bytes: Uint8Array) => void;
  readonly received?: (bytes: Uint8Array) => void;
  readonly reading?: (on: boolean) => void;
}

/** A link that is listened in to: what its user writes, and what is given to its user. */
export function tapped(link: Link, { written, received, reading }: Taps): Link {
  return {
    address: link.address,
    get pendingBytes() {
      return link.pendingBytes;
    },
    open: (listener) =>
      link.open({
        opened: () => listener.opened(),
        received(bytes) {
          received?.(bytes);
          listener.received(bytes);
        },
        drained: () => listener.drained(),
        lost: (loss) => listener.lost(loss),
      }),
    write(bytes) {
      written?.(bytes);
      link.write(bytes);
    },
    reading(on) {
      reading?.(on);
      link.reading(on);
    },
    close: () => link.close(),
  };
}
