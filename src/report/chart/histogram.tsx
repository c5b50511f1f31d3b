import { numberText } from '../numbers.js';
import { exactAxis, extent, place, roundAxis, textPx } from './axis.js';
import { type Bin, binsOf, coarser } from './bins.js';
import { type ChartData, withUnit } from './data.js';
import { type Area, areaBeside, Frame, placed, px } from './frame.js';

const HEIGHT = 230;
/** Above the bars, for the names of the marks: two lines, should they meet. */
const HEADROOM = 26;
const BINS_MAX = 120;

/** How often each value came, with the marks that were given. */
export function Histogram({ chart }: { chart: ChartData }) {
  const all = binsOf(chart.points);
  const bins = coarser(all, BINS_MAX);
  const yAxis = roundAxis(
    extent(
      bins.map(({ count }) => count),
      true,
    ),
    5,
  );
  const labels = yAxis.ticks.map(({ text }) => text);
  const { top, ...sides } = areaBeside(labels, HEIGHT);
  const area = { ...sides, top: top + HEADROOM };
  const ends = extent(
    bins.flatMap(({ from, to }) => [from, to]),
    false,
  );
  const xAxis = exactAxis(ends, area.right - area.left);
  const toX = place(xAxis, area.left, area.right);
  const toY = place(yAxis, area.bottom, area.top);
  const marks = (chart.marks ?? [])
    .filter(({ at }) => at >= ends.lo && at <= ends.hi)
    .map(({ label, at }) => ({ label, value: at, at: toX(at), text: `${label} ${numberText(at)}` }));
  const total = all.reduce((sum, { count }) => sum + count, 0);
  const said = marks.map(({ label, value }) => `, ${label} ${withUnit(numberText(value), chart.x)}`).join('');
  return (
    <Frame
      height={HEIGHT}
      area={area}
      description={`${chart.title}: ${numberText(total)} values${said}`}
      below={placed(xAxis, toX)}
      beside={placed(yAxis, toY)}
      grid="across"
      x={chart.x}
      y={chart.y}
    >
      <g class="bars">
        {bins.map((bin) => (
          <rect
            x={px(toX(bin.from) + gap(bin, toX))}
            width={px(Math.max(0.8, toX(bin.to) - toX(bin.from) - 2 * gap(bin, toX)))}
            y={px(toY(bin.count))}
            height={px(area.bottom - toY(bin.count))}
          >
            <title>
              {`${numberText(bin.from)} to ${withUnit(numberText(bin.to), chart.x)}: ${numberText(bin.count)}`}
            </title>
          </rect>
        ))}
      </g>
      <g class="marks">
        {besideMarks(marks, area).map(({ at, text, anchor, x, y }) => (
          <>
            <line x1={px(at)} x2={px(at)} y1={y - 8} y2={area.bottom} />
            <text class={anchor} x={px(x)} y={y}>
              {text}
            </text>
          </>
        ))}
      </g>
    </Frame>
  );
}

function gap(bin: Bin, toX: (value: number) => number): number {
  return toX(bin.to) - toX(bin.from) > 4 ? 0.5 : 0;
}

interface Mark {
  readonly at: number;
  readonly text: string;
}

/** The first name stands left of its mark, the others right, if there is room; if they would meet, on two lines. */
function besideMarks(marks: readonly Mark[], area: Area) {
  let free = Number.NEGATIVE_INFINITY;
  return marks.map(({ at, text }, i) => {
    const width = textPx(text) + 4;
    const left = at + width > area.right || (i === 0 && at - width >= area.left);
    const [from, to] = left ? [at - width, at] : [at, at + width];
    const y = area.top - (from < free + 4 ? 6 : 18);
    free = Math.max(free, to);
    return { at, text, y, x: left ? at - 4 : at + 4, anchor: left ? 'end' : 'start' };
  });
}
