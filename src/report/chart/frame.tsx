import type { ComponentChildren } from 'preact';
import { type Axis, fitted, type Tick, textPx } from './axis.js';
import { type Quantity, quantityText } from './data.js';

/**
 * All charts have one size in their own units, near to what they get on paper, on a phone and in a column of a wide
 * window, so that the letters in them come out at the size of the text around them.
 */
export const WIDTH = 420;
const TOP = 24;
const RIGHT = 14;
const BOTTOM = 36;

/** Where points may be drawn. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What is left for the points, between labels of that width on the left, in a chart of that height. */
export function areaBeside(labels: readonly string[], height: number): Area {
  const left = Math.ceil(Math.max(16, ...labels.map(textPx))) + 8;
  return { left, right: WIDTH - RIGHT, top: TOP, bottom: height - BOTTOM };
}

export interface FrameProps {
  readonly height: number;
  readonly area: Area;
  /** What a screen reader says instead of the picture. */
  readonly description: string;
  /** Numbers or names below, at pixels. */
  readonly below: ReadonlyArray<Placed>;
  /** Numbers or names on the left, at pixels; `grid` draws a line from each to the right. */
  readonly beside: ReadonlyArray<Placed>;
  readonly grid: 'across' | 'upright';
  readonly x: Quantity;
  readonly y: Quantity;
  readonly children: ComponentChildren;
}

export interface Placed {
  readonly at: number;
  readonly text: string;
}

export function placed(axis: Axis, at: (value: number) => number): Placed[] {
  return axis.ticks.map(({ value, text }: Tick) => ({ at: at(value), text }));
}

/** Axes, grid, numbers and labels around the points of a chart. */
export function Frame({ height, area, description, below, beside, grid, x, y, children }: FrameProps) {
  const { left, right, top, bottom } = area;
  return (
    <svg class="chart" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={description}>
      <title>{description}</title>
      <text class="label" x={0} y={12}>
        {fitted(quantityText(y), WIDTH)}
      </text>
      <g class="grid">
        {grid === 'across'
          ? beside.map(({ at }) => <line x1={left} x2={right} y1={px(at)} y2={px(at)} />)
          : below.map(({ at }) => <line x1={px(at)} x2={px(at)} y1={top} y2={bottom} />)}
      </g>
      <g class="beside">
        {beside.map(({ at, text }) => (
          <text x={left - 6} y={px(at + 3.8)}>
            {text}
          </text>
        ))}
      </g>
      {children}
      <g class="below">
        {below.map(({ at, text }) => (
          <text x={px(Math.min(at, WIDTH - textPx(text) / 2))} y={bottom + 15}>
            {text}
          </text>
        ))}
      </g>
      {grid === 'across' ? (
        <line class="axis" x1={left} x2={right} y1={bottom} y2={bottom} />
      ) : (
        <line class="axis" x1={left} x2={left} y1={top} y2={bottom} />
      )}
      <text class="label end" x={right} y={height - 4}>
        {fitted(quantityText(x), right)}
      </text>
    </svg>
  );
}

/** A place on the picture: a hundredth of a pixel is as fine as anybody sees. */
export function px(value: number): number {
  return Math.round(value * 100) / 100;
}
