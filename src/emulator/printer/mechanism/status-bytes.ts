import { type Condition, hasError, isOffline } from './condition.js';

/** Bits 1 and 4 of every DLE EOT answer are 1, bits 0 and 7 are 0. */
const REAL_TIME_FIXED = 0x12;

/** The answer to `DLE EOT n`; `undefined` for an `n` that is not answered. */
export function realTimeStatus(n: number, condition: Condition): number | undefined {
  switch (n) {
    case 1:
      return (
        REAL_TIME_FIXED |
        bit(0x04, condition.drawerHigh) |
        bit(0x08, isOffline(condition)) |
        bit(0x40, condition.feeding)
      );
    case 2:
      return (
        REAL_TIME_FIXED |
        bit(0x04, condition.coverOpen) |
        bit(0x08, condition.feeding) |
        bit(0x20, condition.paperOut || condition.nearEndStops) |
        bit(0x40, hasError(condition))
      );
    case 3:
      return (
        REAL_TIME_FIXED |
        bit(0x04, condition.mechanicalError) |
        bit(0x08, condition.cutterError) |
        bit(0x20, condition.unrecoverable) |
        bit(0x40, condition.overheated)
      );
    case 4:
      return REAL_TIME_FIXED | bit(0x0c, condition.paperNearEnd) | bit(0x60, condition.paperOut);
    default:
      return undefined;
  }
}

/** The answer to `GS r n`; `undefined` for an `n` that is not answered. */
export function queuedStatus(n: number, condition: Condition): number | undefined {
  switch (n) {
    case 1:
    case 49:
      return bit(0x03, condition.paperNearEnd) | bit(0x0c, condition.paperOut);
    case 2:
    case 50:
      return bit(0x01, condition.drawerHigh);
    default:
      return undefined;
  }
}

/** The four bytes of Automatic Status Back, the first one in the lowest byte. */
export function statusBack(condition: Condition): number {
  const first =
    0x10 |
    bit(0x04, condition.drawerHigh) |
    bit(0x08, isOffline(condition)) |
    bit(0x20, condition.coverOpen) |
    bit(0x40, condition.feeding);
  const second =
    bit(0x02, condition.feeding) |
    bit(0x04, condition.mechanicalError) |
    bit(0x08, condition.cutterError) |
    bit(0x20, condition.unrecoverable) |
    bit(0x40, condition.overheated);
  const third = bit(0x03, condition.paperNearEnd) | bit(0x0c, condition.paperOut);
  return first | (second << 8) | (third << 16);
}

/** Which bits of `statusBack` each bit of `GS a n` watches. */
const WATCHED: readonly (readonly [mask: number, bits: number])[] = [
  [0x01, 0x00_00_04], // drawer
  [0x02, 0x00_01_28], // online or offline, cover, waiting for recovery
  [0x04, 0x00_6c_00], // errors
  [0x08, 0x0f_00_00], // paper
  [0x40, 0x00_02_40], // panel switch
];

/** The bits of `statusBack` whose change is sent with `GS a n`. */
export function watchedBits(n: number): number {
  let bits = 0;
  for (const [mask, watched] of WATCHED) if (n & mask) bits |= watched;
  return bits;
}

function bit(value: number, on: boolean): number {
  return on ? value : 0;
}
