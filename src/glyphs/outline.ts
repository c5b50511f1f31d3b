/** A step of an outline in font units, y upwards. */
export interface PathStep {
  readonly command: string;
  readonly args: readonly number[];
}

/** From font units to dots: x to the right from the cell's left edge, y down from its upper edge. */
export interface Placement {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly leftDots: number;
  readonly baselineDots: number;
}

/** Samples on each side of a dot. */
const SAMPLES = 4;
/** A dot is inked when so many of its sixteen samples lie inside: a little less than half, so that thin strokes stay. */
const INK_FROM = 7;
const CURVE_STEPS = 6;

/** Rising or falling line in samples. */
interface Edge {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Fills an outline (non-zero winding) into a cell of dots: rows padded to whole bytes, the leftmost dot in bit 7. */
export function fillOutline(
  path: readonly PathStep[],
  place: Placement,
  widthDots: number,
  heightDots: number,
): Uint8Array {
  const edges = edgesOf(path, place);
  const rowBytes = (widthDots + 7) >> 3;
  const rows = new Uint8Array(rowBytes * heightDots);
  const counts = new Uint8Array(widthDots);
  for (let y = 0; y < heightDots; y++) {
    counts.fill(0);
    for (let sample = 0; sample < SAMPLES; sample++) countRow(edges, y * SAMPLES + sample + 0.5, counts);
    for (let x = 0; x < widthDots; x++) {
      if ((counts[x] ?? 0) < INK_FROM) continue;
      const at = y * rowBytes + (x >> 3);
      rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return rows;
}

/** Adds the samples of one sample row that lie inside to their dots. */
function countRow(edges: readonly Edge[], y: number, counts: Uint8Array): void {
  const crossings: { x: number; winding: number }[] = [];
  for (const { x0, y0, x1, y1 } of edges) {
    if (y0 <= y === y1 <= y) continue;
    crossings.push({ x: x0 + ((y - y0) / (y1 - y0)) * (x1 - x0), winding: y0 < y1 ? 1 : -1 });
  }
  crossings.sort((a, b) => a.x - b.x);
  let winding = 0;
  for (let index = 0; index + 1 < crossings.length; index++) {
    const from = crossings[index]?.x ?? 0;
    const to = crossings[index + 1]?.x ?? 0;
    winding += crossings[index]?.winding ?? 0;
    if (winding === 0) continue;
    const first = Math.max(Math.ceil(from - 0.5), 0);
    const last = Math.min(Math.ceil(to - 0.5), counts.length * SAMPLES);
    for (let sample = first; sample < last; sample++) {
      const dot = Math.floor(sample / SAMPLES);
      counts[dot] = (counts[dot] ?? 0) + 1;
    }
  }
}

function edgesOf(path: readonly PathStep[], place: Placement): Edge[] {
  const edges: Edge[] = [];
  let startX = 0;
  let startY = 0;
  let atX = 0;
  let atY = 0;
  const line = (x: number, y: number) => {
    edges.push({ x0: atX, y0: atY, x1: x, y1: y });
    atX = x;
    atY = y;
  };
  const pointX = (x = 0) => (place.leftDots + x * place.scaleX) * SAMPLES;
  const pointY = (y = 0) => (place.baselineDots - y * place.scaleY) * SAMPLES;
  for (const { command, args } of path) {
    const points: [number, number][] = [];
    for (let at = 0; at + 1 < args.length; at += 2) points.push([pointX(args[at]), pointY(args[at + 1])]);
    const [x, y] = points[points.length - 1] ?? [startX, startY];
    if (command === 'moveTo') {
      line(startX, startY); // An open contour is closed before the next one.
      startX = atX = x;
      startY = atY = y;
    } else if (command === 'quadraticCurveTo' || command === 'bezierCurveTo') {
      const curve: [number, number][] = [[atX, atY], ...points];
      for (let step = 1; step <= CURVE_STEPS; step++) line(...pointOn(curve, step / CURVE_STEPS));
    } else line(x, y); // lineTo, and closePath without arguments.
  }
  line(startX, startY);
  return edges;
}

/** De Casteljau. */
function pointOn(curve: readonly [number, number][], t: number): [number, number] {
  let points = curve;
  while (points.length > 1) {
    const next: [number, number][] = [];
    for (let at = 0; at + 1 < points.length; at++) {
      const [x0, y0] = points[at] ?? [0, 0];
      const [x1, y1] = points[at + 1] ?? [0, 0];
      next.push([x0 + (x1 - x0) * t, y0 + (y1 - y0) * t]);
    }
    points = next;
  }
  return points[0] ?? [0, 0];
}
