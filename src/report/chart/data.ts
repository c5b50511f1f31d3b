/** Numbers to be drawn. */
export interface ChartData {
  readonly title: string;
  /** In a histogram, points are `[value, count]` at the lower edge of each bin. */
  readonly kind: 'histogram' | 'line' | 'bars';
  readonly x: Quantity;
  readonly y: Quantity;
  readonly points: ReadonlyArray<readonly [number | string, number]>;
  /** Places on the x axis that have a name, in a histogram: `p99`. */
  readonly marks?: readonly { readonly label: string; readonly at: number }[] | undefined;
}

export interface Quantity {
  readonly label: string;
  readonly unit?: string | undefined;
}

/** `latency (ms)`. */
export function quantityText({ label, unit }: Quantity): string {
  return unit === undefined || unit === '' ? label : `${label} (${unit})`;
}

/** `12.5 ms`, `98 %`. */
export function withUnit(text: string, { unit }: Pick<Quantity, 'unit'>): string {
  return unit === undefined || unit === '' ? text : `${text} ${unit}`;
}
