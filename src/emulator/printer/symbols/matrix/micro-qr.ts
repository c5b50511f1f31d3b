import type { QrLevel } from '../qr-size.js';

/** ISO/IEC 18004 table 7: most digits, letters and bytes, for M2 to M4. Level H there is none. */
const CAPACITIES: Readonly<Record<QrLevel, readonly (readonly [digits: number, letters: number, bytes: number])[]>> = {
  L: [
    [10, 6, 0],
    [23, 14, 9],
    [35, 21, 15],
  ],
  M: [
    [8, 5, 0],
    [18, 11, 7],
    [30, 18, 13],
  ],
  Q: [
    [0, 0, 0],
    [0, 0, 0],
    [21, 13, 9],
  ],
  H: [],
};

/**
 * The smallest Micro QR code, 2 for M2 to 4 for M4, that takes all data in one mode; `undefined` when none does. M1 is
 * left out: it detects errors and corrects none, so it has no level.
 */
export function microQrVersion(data: string, level: QrLevel): number | undefined {
  const mode = /^[0-9]*$/.test(data) ? 0 : /^[0-9A-Z $%*+\-./:]*$/.test(data) ? 1 : 2;
  const index = CAPACITIES[level].findIndex((capacity) => data.length <= capacity[mode]);
  return index < 0 ? undefined : index + 2;
}
