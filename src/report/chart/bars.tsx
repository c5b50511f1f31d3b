import { numberText } from '../numbers.js';
import { type Axis, exactAxis, extent, fitted, place, roundAxis, textPx } from './axis.js';
import { type ChartData, withUnit } from './data.js';
import { type Area, areaBeside, Frame, placed, px, WIDTH } from './frame.js';

const HEIGHT = 216;
const ROW = 19;
const NAME_PX = 150;
const BAR_MAX = 44;
/** What is longer is a list for a program, not a picture. */
const BARS_MAX = 60;

interface Bar {
  readonly name: string;
  readonly value: number;
}

/**
 * One bar for each thing: upright while their names have room side by side, else lying, one below the other. Of very many
 * the first are drawn, and how many are not is said.
 */
export function Bars({ chart }: { chart: ChartData }) {
  const all = chart.points.filter(([, value]) => Number.isFinite(value));
  const bars = all
    .slice(0, BARS_MAX)
    .map(([x, value]): Bar => ({ name: typeof x === 'string' ? x : numberText(x), value }));
  const left = all.length - bars.length;
  const yAxis = roundAxis(
    extent(
      bars.map(({ value }) => value),
      true,
    ),
    5,
  );
  const area = areaBeside(
    yAxis.ticks.map(({ text }) => text),
    HEIGHT,
  );
  const slot = (area.right - area.left) / Math.max(1, bars.length);
  const room = bars.every(({ name }) => textPx(name) + 6 <= slot);
  if (room) return <Upright {...{ chart, bars, axis: yAxis, area, slot }} />;
  return (
    <>
      <Lying chart={chart} bars={bars} />
      {left > 0 && <p>and {numberText(left)} more</p>}
    </>
  );
}

function Upright(props: { chart: ChartData; bars: readonly Bar[]; axis: Axis; area: Area; slot: number }) {
  const { chart, bars, axis, area, slot } = props;
  const toY = place(axis, area.bottom, area.top);
  const middle = (i: number) => area.left + (i + 0.5) * slot;
  const width = Math.min(slot * 0.68, BAR_MAX);
  return (
    <Frame
      height={HEIGHT}
      area={area}
      description={descriptionOf(chart, bars)}
      below={bars.map(({ name }, i) => ({ at: middle(i), text: name }))}
      beside={placed(axis, toY)}
      grid="across"
      x={chart.x}
      y={chart.y}
    >
      <g class="bars">
        {bars.map(({ name, value }, i) => (
          <rect x={px(middle(i) - width / 2)} width={px(width)} {...upright(toY(0), toY(value))}>
            <title>{`${name}: ${withUnit(numberText(value), chart.y)}`}</title>
          </rect>
        ))}
      </g>
    </Frame>
  );
}

function Lying({ chart, bars }: { chart: ChartData; bars: readonly Bar[] }) {
  const names = bars.map(({ name }) => fitted(name, NAME_PX));
  const values = bars.map(({ value }) => numberText(value));
  const height = bars.length * ROW + 66;
  const beside = areaBeside(names, height);
  const area = { ...beside, right: WIDTH - 14 - Math.max(0, ...values.map(textPx)) };
  const ends = extent(
    bars.map(({ value }) => value),
    true,
  );
  const axis = exactAxis(ends, area.right - area.left);
  const toX = place(axis, area.left, area.right);
  const middle = (i: number) => area.top + 3 + (i + 0.5) * ROW;
  return (
    <Frame
      height={height}
      area={area}
      description={descriptionOf(chart, bars)}
      below={placed(axis, toX)}
      beside={names.map((text, i) => ({ at: middle(i), text }))}
      grid="upright"
      x={chart.y}
      y={chart.x}
    >
      <g class="bars">
        {bars.map(({ name, value }, i) => {
          const [from, to] = [toX(Math.min(0, value)), toX(Math.max(0, value))];
          return (
            <>
              <rect x={px(from)} width={px(Math.max(0.8, to - from))} y={px(middle(i) - 6)} height={12}>
                <title>{`${name}: ${withUnit(numberText(value), chart.y)}`}</title>
              </rect>
              <text class="start" x={px(to + 5)} y={px(middle(i) + 3.8)}>
                {values[i]}
              </text>
            </>
          );
        })}
      </g>
    </Frame>
  );
}

function upright(zero: number, value: number): { y: number; height: number } {
  return { y: px(Math.min(zero, value)), height: px(Math.max(0.8, Math.abs(zero - value))) };
}

function descriptionOf(chart: ChartData, bars: readonly Bar[]): string {
  const few = bars.slice(0, 12).map(({ name, value }) => `${name} ${withUnit(numberText(value), chart.y)}`);
  return `${chart.title}: ${few.join(', ')}${bars.length > 12 ? `, and ${bars.length - 12} more` : ''}`;
}
