import { Bars } from './bars.js';
import type { ChartData } from './data.js';
import { Histogram } from './histogram.js';
import { Line } from './line.js';

const KINDS = { histogram: Histogram, line: Line, bars: Bars } as const;

/** A chart with its title, drawn as SVG that takes its colours from the page. */
export function ChartFigure({ chart }: { chart: ChartData }) {
  const Kind = KINDS[chart.kind];
  return (
    <figure class="chart">
      <figcaption>{chart.title}</figcaption>
      {chart.points.length === 0 ? <p class="empty">no values</p> : <Kind chart={chart} />}
    </figure>
  );
}
