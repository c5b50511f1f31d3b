import { raster } from '../escpos.js';
import { printAndLook } from '../look.js';
import type { PaperExcerpt } from '../paper-view.js';
import type { Phase } from '../phase.js';

const HEIGHT_DOTS = 96;
const FINE_FROM = 64;
const MM_PER_INCH = 25.4;

/** Squares of 8 dots, and below them a pattern of single dots, which shows each dot of the head. */
export const graphics: Phase = {
  name: 'graphics',
  title: 'Graphics',
  needs: 'ready',
  limitMs: ({ person }) => 60_000 + 4 * person.timeLimitMs,
  *run(bench) {
    const { printableDots, dpi } = bench.profile.paper;
    const rowBytes = Math.floor(printableDots / 8);
    const rows = pattern(rowBytes);
    yield* printAndLook(bench, {
      bytes: raster(rowBytes, rows),
      mm: (HEIGHT_DOTS * MM_PER_INCH) / dpi,
      name: 'graphics',
      question: 'Is there a chessboard over a field of single dots, with no white or black line down the paper?',
      sights: [
        {
          what: { name: 'graphics.dots', title: 'a chessboard and a field of single dots, dot by dot' },
          problem: (paper) => differing(paper, rowBytes, rows),
        },
      ],
    });
  },
};

function pattern(rowBytes: number): Uint8Array {
  const rows = new Uint8Array(rowBytes * HEIGHT_DOTS);
  for (let y = 0; y < HEIGHT_DOTS; y++) {
    for (let x = 0; x < rowBytes; x++) {
      const square = ((y >> 3) + x) % 2 === 0 ? 0xff : 0x00;
      rows[y * rowBytes + x] = y >= FINE_FROM ? (y % 2 === 0 ? 0xaa : 0x55) : square;
    }
  }
  return rows;
}

function differing(paper: PaperExcerpt, rowBytes: number, rows: Uint8Array): string | undefined {
  const printed = paper.raster();
  const stride = Math.ceil(printed.widthDots / 8);
  if (printed.heightDots !== HEIGHT_DOTS) return `${printed.heightDots} rows of ${HEIGHT_DOTS} came out`;
  let wrong = 0;
  for (let y = 0; y < HEIGHT_DOTS; y++) {
    for (let x = 0; x < rowBytes; x++) {
      let bits = (rows[y * rowBytes + x] ?? 0) ^ (printed.rows[y * stride + x] ?? 0);
      for (; bits > 0; bits &= bits - 1) wrong++;
    }
  }
  return wrong === 0 ? undefined : `${wrong} of ${8 * rows.length} dots are wrong`;
}
