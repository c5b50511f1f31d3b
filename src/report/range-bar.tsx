import { px } from './chart/frame.js';

/** Between which numbers a value should lie, and from where on it is near to one of them. */
export interface Range {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly marginalMin?: number | undefined;
  readonly marginalMax?: number | undefined;
}

export type ZoneKind = 'bad' | 'near' | 'good';

export interface RangePlaces {
  /** From left to right, as shares of the bar's length. */
  readonly zones: ReadonlyArray<{ readonly kind: ZoneKind; readonly from: number; readonly to: number }>;
  /** Where the value stands; beyond an end it is shown as an arrow there. */
  readonly value?: { readonly at: number; readonly beyond?: 'left' | 'right' };
}

const LENGTH = 132;
const HEIGHT = 14;
/** How much of the bar lies outside of two limits, each side. */
const MARGIN = 0.16;

/**
 * Where limits and value stand in a bar. With two limits these have fixed places; with one, the bar reaches from the
 * limit to a round way beyond it, and zero is its natural other end. `undefined` if there is no limit, and so no bar.
 */
export function rangePlaces(range: Range, value: number | undefined): RangePlaces | undefined {
  const { min, max } = range;
  const ends = endsOf(min, max, value);
  if (ends === undefined) return undefined;
  const [lo, hi] = ends;
  const share = (at: number) => Math.min(Math.max((at - lo) / (hi - lo), 0), 1);
  const edges: { to: number; kind: ZoneKind }[] = [];
  if (min !== undefined) edges.push({ to: share(min), kind: 'bad' });
  if (range.marginalMin !== undefined && range.marginalMin > (min ?? lo)) {
    edges.push({ to: share(range.marginalMin), kind: 'near' });
  }
  const nearFrom = range.marginalMax !== undefined && range.marginalMax < (max ?? hi) ? range.marginalMax : undefined;
  edges.push({ to: share(nearFrom ?? max ?? hi), kind: 'good' });
  if (nearFrom !== undefined) edges.push({ to: share(max ?? hi), kind: 'near' });
  if (max !== undefined) edges.push({ to: 1, kind: 'bad' });

  let from = 0;
  const zones = edges.flatMap(({ to, kind }) => {
    const zone = { kind, from, to };
    from = Math.max(from, to);
    return zone.to > zone.from ? [zone] : [];
  });
  if (value === undefined || !Number.isFinite(value)) return { zones };
  const beyond = value < lo ? 'left' : value > hi ? 'right' : undefined;
  return { zones, value: { at: share(value), ...(beyond === undefined ? {} : { beyond }) } };
}

function endsOf(
  min: number | undefined,
  max: number | undefined,
  value: number | undefined,
): [number, number] | undefined {
  if (min !== undefined && max !== undefined) {
    const span = max - min || Math.abs(max) || 1;
    return [min - span * MARGIN, max + span * MARGIN];
  }
  if (max !== undefined) {
    const room = Math.abs(max) || 1;
    return max >= 0 && (value ?? 0) >= 0
      ? [0, max + room * 0.3]
      : [Math.min(value ?? max, max) - room, max + room * 0.3];
  }
  if (min === undefined) return undefined;
  const room = Math.abs(min) || 1;
  const top = Math.min(Math.max(value ?? min, min + room * 0.5), min + room * 3) + room * 0.15;
  return [min > 0 && (value ?? 0) >= 0 ? 0 : min - room, top];
}

/** Limits as a bar of zones, with a mark where the value stands. */
export function RangeBar({ range, value, words }: { range: Range; value?: number | undefined; words: string }) {
  const places = rangePlaces(range, value);
  if (places === undefined) return null;
  return (
    <svg class="range" viewBox={`0 0 ${LENGTH} ${HEIGHT}`} width={LENGTH} height={HEIGHT} role="img" aria-label={words}>
      <title>{words}</title>
      {places.zones.map(({ kind, from, to }) => (
        <rect
          class={kind}
          x={px(from * LENGTH)}
          width={px((to - from) * LENGTH)}
          y={kind === 'bad' ? 6 : 4.5}
          height={kind === 'bad' ? 2 : 5}
        />
      ))}
      {places.value !== undefined && <path class="value" d={markPath(places.value)} />}
    </svg>
  );
}

function markPath({ at, beyond }: NonNullable<RangePlaces['value']>): string {
  if (beyond === 'left') return 'M0 7L7 2V12Z';
  if (beyond === 'right') return `M${LENGTH} 7L${LENGTH - 7} 2V12Z`;
  const x = px(Math.min(Math.max(at * LENGTH, 1.5), LENGTH - 1.5));
  return `M${px(x - 1.5)} 0.5H${px(x + 1.5)}V13.5H${px(x - 1.5)}Z`;
}
