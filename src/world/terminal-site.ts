import type { ShiftedClock } from '../ground/shifted-clock.js';
import type { TerminalSite, Undo } from '../ports/faults.js';
import type { RottingStorage } from '../ports/storage.js';
import { rottenBits, standsThere } from './rot.js';
import type { Disk } from './watched-storage.js';

export interface TerminalSiteParts {
  /** The terminal's own. */
  readonly clock: ShiftedClock;
  readonly disk: Disk;
  /** The journal's storage as it is now. */
  readonly storage: () => RottingStorage;
  readonly powerOff: TerminalSite['powerOff'];
  readonly forgets: boolean;
}

/** Where faults take hold of the terminal of a world. */
export function terminalSite({ clock, disk, storage, powerOff, forgets }: TerminalSiteParts): TerminalSite {
  return {
    powerOff,
    forgets,
    shiftClock(byMs) {
      clock.shift(byMs);
      return once(() => clock.shift(-byMs));
    },
    diskFull(on) {
      disk.full = on;
    },
    rot(where) {
      const bits = rottenBits(storage().read(), where);
      const flip = () => {
        for (const { offset, bit } of bits) storage().rot(offset, bit);
      };
      flip();
      const rotten = storage().read();
      return once(() => {
        if (bits.every(({ offset }) => standsThere(rotten, storage().read(), offset))) flip();
      });
    },
  };
}

function once(run: () => void): Undo {
  let done = false;
  return () => {
    if (!done) run();
    done = true;
  };
}
