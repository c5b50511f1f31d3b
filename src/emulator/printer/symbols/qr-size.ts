/** How much of a QR code may be destroyed: 7, 15, 25, 30 %. */
export type QrLevel = 'L' | 'M' | 'Q' | 'H';

/** ISO/IEC 18004 table 9, by version from 1: error correction codewords in a block, and blocks. */
const CORRECTION: Readonly<
  Record<QrLevel, { readonly perBlock: readonly number[]; readonly blocks: readonly number[] }>
> = {
  L: {
    perBlock: [
      7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30,
      30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    blocks: [
      1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19,
      19, 20, 21, 22, 24, 25,
    ],
  },
  M: {
    perBlock: [
      10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28,
      28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    ],
    blocks: [
      1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33,
      35, 37, 38, 40, 43, 45, 47, 49,
    ],
  },
  Q: {
    perBlock: [
      13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28, 30, 30,
      30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    blocks: [
      1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43,
      45, 48, 51, 53, 56, 59, 62, 65, 68,
    ],
  },
  H: {
    perBlock: [
      17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30, 30, 30, 30,
      30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    blocks: [
      1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51,
      54, 57, 60, 63, 66, 70, 74, 77, 81,
    ],
  },
};

/** Codewords of a symbol, error correction included (ISO/IEC 18004 table 1, by its construction). */
function codewords(version: number): number {
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const alignments = Math.floor(version / 7) + 2;
    modules -= (25 * alignments - 10) * alignments - 55;
  }
  if (version >= 7) modules -= 36;
  return modules >> 3;
}

/** Bits for data, by level and version from 1. */
const CAPACITY_BITS: Readonly<Record<QrLevel, readonly number[]>> = {
  L: capacities('L'),
  M: capacities('M'),
  Q: capacities('Q'),
  H: capacities('H'),
};

function capacities(level: QrLevel): number[] {
  const { perBlock, blocks } = CORRECTION[level];
  return perBlock.map((each, index) => 8 * (codewords(index + 1) - each * (blocks[index] ?? 0)));
}

const NUMERIC = /^[0-9]*$/;
const ALPHANUMERIC = /^[0-9A-Z $%*+\-./:]*$/;

/** Bits of the data and of its length field in the most compact mode that takes all of it, by version. */
function dataBits(data: string, version: number): number {
  const size = version < 10 ? 0 : version < 27 ? 1 : 2;
  const { length } = data;
  if (NUMERIC.test(data)) return 4 + 10 + 2 * size + 10 * Math.floor(length / 3) + Math.ceil((length % 3) * 3.34);
  if (ALPHANUMERIC.test(data)) return 4 + 9 + 2 * size + 11 * (length >> 1) + 6 * (length & 1);
  return 4 + (size === 0 ? 8 : 16) + 8 * length;
}

/**
 * The smallest version that takes the data, one character for each byte, or `undefined` when none does. The whole
 * symbol is in one mode: printers choose the mode by the data (`GS ( k` <Function 181>), and none says that it mixes.
 */
export function qrVersion(data: string, level: QrLevel): number | undefined {
  const capacities = CAPACITY_BITS[level];
  for (const [first, last] of [
    [1, 9],
    [10, 26],
    [27, 40],
  ] as const) {
    const bits = dataBits(data, first); // The same for all versions of the group.
    if (bits > (capacities[last - 1] ?? 0)) continue;
    for (let version = first; version <= last; version++) if (bits <= (capacities[version - 1] ?? 0)) return version;
  }
  return undefined;
}
