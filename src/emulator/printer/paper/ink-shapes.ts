import { isInk, type Raster, rowBytes } from './bitmap.js';

/** Ink that hangs together, as the runs of dots in its rows. */
export interface InkShape {
  /** The upper left corner of the box around it. */
  readonly x: number;
  readonly y: number;
  /** From that corner: row by row, each run from left to right. Shapes that look the same have the same runs. */
  readonly runs: readonly InkRun[];
}

export interface InkRun {
  readonly x: number;
  readonly y: number;
  readonly dots: number;
}

/**
 * Takes a picture apart into what hangs together (by an edge or a corner): strokes of characters, modules of codes. The
 * same character makes the same shapes wherever it stands.
 */
export function inkShapes(raster: Raster): InkShape[] {
  const runs = inkRuns(raster);
  const parents = runs.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    for (;;) {
      const parent = parents[at] ?? at;
      if (parent === at) return at;
      const grandparent = parents[parent] ?? parent;
      parents[at] = grandparent;
      at = grandparent;
    }
  };
  let above = 0; // The first run of the row above that may still touch one of this row.
  runs.forEach((run, index) => {
    while (above < index && isBefore(runs[above], run)) above++;
    for (let other = above; other < index; other++) {
      const upper = runs[other];
      if (upper === undefined || upper.y === run.y || upper.x > run.x + run.dots) break;
      if (upper.x + upper.dots >= run.x) {
        const [a, b] = [root(other), root(index)];
        parents[Math.max(a, b)] = Math.min(a, b);
      }
    }
  });
  const groups = new Map<number, InkRun[]>();
  runs.forEach((run, index) => {
    const key = root(index);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [run]);
    else group.push(run);
  });
  return [...groups.values()].map(toShape);
}

/** Nothing of this row or of a later one can touch it any more. */
function isBefore(upper: InkRun | undefined, run: InkRun): boolean {
  return upper !== undefined && (upper.y < run.y - 1 || (upper.y === run.y - 1 && upper.x + upper.dots < run.x));
}

function toShape(runs: readonly InkRun[]): InkShape {
  const y = runs[0]?.y ?? 0;
  const x = runs.reduce((least, run) => Math.min(least, run.x), Number.POSITIVE_INFINITY);
  return { x, y, runs: runs.map((run) => ({ x: run.x - x, y: run.y - y, dots: run.dots })) };
}

/** Row by row, from left to right. */
function inkRuns(raster: Raster): InkRun[] {
  const { widthDots, heightDots, rows } = raster;
  const stride = rowBytes(raster);
  const runs: InkRun[] = [];
  for (let y = 0; y < heightDots; y++) {
    for (let x = 0; x < widthDots; ) {
      if ((x & 7) === 0 && rows[y * stride + (x >> 3)] === 0) {
        x += 8;
        continue;
      }
      if (!isInk(raster, x, y)) {
        x++;
        continue;
      }
      const start = x;
      while (x < widthDots && isInk(raster, x, y)) x++;
      runs.push({ x: start, y, dots: x - start });
    }
  }
  return runs;
}
