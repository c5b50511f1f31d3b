import { numberText } from '../numbers.js';
import { exactAxis, extent, place, roundAxis, textPx } from './axis.js';
import { type ChartData, withUnit } from './data.js';
import { areaBeside, Frame, type Placed, placed, px } from './frame.js';

const HEIGHT = 216;
/** Few points are shown one by one. */
const DOTS_MAX = 40;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Points joined in the order in which they come. Words on the x axis stand at even distances. */
export function Line({ chart }: { chart: ChartData }) {
  const finite = chart.points.filter(([x, y]) => Number.isFinite(y) && (typeof x === 'string' || Number.isFinite(x)));
  const words = finite.some(([x]) => typeof x === 'string') ? finite.map(([x]) => String(x)) : undefined;
  const points = finite.map(([x, y], i): Point => ({ x: words === undefined ? Number(x) : i, y }));

  const ys = points.map(({ y }) => y);
  const { lo, hi } = extent(ys, false);
  const yAxis = roundAxis(extent(ys, lo > 0 && lo < hi / 2), 5);
  const area = areaBeside(
    yAxis.ticks.map(({ text }) => text),
    HEIGHT,
  );
  const ends = extent(
    points.map(({ x }) => x),
    false,
  );
  const xAxis = exactAxis(ends, area.right - area.left);
  const toX = place(xAxis, area.left, area.right);
  const toY = place(yAxis, area.bottom, area.top);
  const drawn = points.map(({ x, y }) => ({ x: toX(x), y: toY(y) }));
  const name = (i: number) => words?.[i] ?? withUnit(numberText(points[i]?.x ?? 0), chart.x);
  const span = points.length === 0 ? '' : `, from ${numberText(Math.min(...bounds(ys)))} to ${most(ys, chart)}`;
  return (
    <Frame
      height={HEIGHT}
      area={area}
      description={`${chart.title}: ${numberText(points.length)} points${span}`}
      below={words === undefined ? placed(xAxis, toX) : wordsWithRoom(words, (i) => toX(i))}
      beside={placed(yAxis, toY)}
      grid="across"
      x={chart.x}
      y={chart.y}
    >
      <path class="line" d={pathOf(thinned(drawn))} />
      {points.length <= DOTS_MAX && (
        <g class="dots">
          {drawn.map(({ x, y }, i) => (
            <circle cx={px(x)} cy={px(y)} r={2.6}>
              <title>{`${name(i)}: ${withUnit(numberText(points[i]?.y ?? 0), chart.y)}`}</title>
            </circle>
          ))}
        </g>
      )}
    </Frame>
  );
}

function most(ys: readonly number[], chart: ChartData): string {
  return withUnit(numberText(bounds(ys)[1]), chart.y);
}

function bounds(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([lo, hi], value) => [Math.min(lo, value), Math.max(hi, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

/** Each word that does not run into the one before. */
function wordsWithRoom(words: readonly string[], at: (i: number) => number): Placed[] {
  const kept: Placed[] = [];
  let free = Number.NEGATIVE_INFINITY;
  words.forEach((text, i) => {
    const half = textPx(text) / 2;
    if (at(i) - half < free) return;
    kept.push({ at: at(i), text });
    free = at(i) + half + 8;
  });
  return kept;
}

/** Of many points in one column of pixels: first, lowest, highest and last, which look the same as all. */
function thinned(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (let i = 0; i < points.length; ) {
    const column = Math.round(points[i]?.x ?? 0);
    let end = i;
    let [low, high] = [i, i];
    while (end < points.length && Math.round(points[end]?.x ?? 0) === column) {
      if ((points[end]?.y ?? 0) < (points[low]?.y ?? 0)) low = end;
      if ((points[end]?.y ?? 0) > (points[high]?.y ?? 0)) high = end;
      end++;
    }
    for (const at of [...new Set([i, low, high, end - 1])].sort((a, b) => a - b)) {
      const point = points[at];
      if (point !== undefined) kept.push(point);
    }
    i = end;
  }
  return kept;
}

function pathOf(points: readonly Point[]): string {
  return points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${px(x)} ${px(y)}`).join('');
}
