/** How hot: never, and then in five steps, each of so many times as often as the one before. */
export const LEVELS = ['never', 'h1', 'h2', 'h3', 'h4', 'h5'] as const;
export type Level = (typeof LEVELS)[number];

export interface Heat {
  levelOf(count: number): Level;
  /** The least count of each level but the first. */
  readonly from: readonly number[];
  readonly most: number;
}

const STEPS = LEVELS.length - 1;
/** The fifth root of 100,000 is 10, and comes out as a little more. */
const ROUNDING = 1e-9;

/** By the largest of the counts: rare ways stay to be told apart from each other, however often the usual ones are taken. */
export function heatOf(counts: readonly number[]): Heat {
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  const from: number[] = [];
  for (let i = 0; i < STEPS; i++)
    from.push(Math.max((from.at(-1) ?? 0) + 1, Math.ceil(most ** (i / STEPS) - ROUNDING)));
  return {
    most,
    from,
    levelOf: (count) => (count <= 0 ? 'never' : (LEVELS[from.filter((least) => least <= count).length] ?? 'h5')),
  };
}

/** Which counts a level is for, for the legend; empty: no count is. */
export function levelText({ from, most }: Heat, level: Level): string {
  const at = LEVELS.indexOf(level);
  if (at === 0) return 'never';
  const least = from[at - 1] ?? 0;
  const last = Math.min((from[at] ?? Number.POSITIVE_INFINITY) - 1, most);
  if (least > most) return '';
  return least === last ? least.toLocaleString('en') : `${least.toLocaleString('en')} to ${last.toLocaleString('en')}`;
}
