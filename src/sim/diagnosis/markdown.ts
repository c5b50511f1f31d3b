import type { Share, Tally } from './tally.js';

/** More confusions than these are only counted. */
const ROWS_MAX = 30;
const SEEDS_MAX = 4;

/** The measure as tables, for the README and for people. */
export function tallyMarkdown(tally: Tally, { seed, runs }: { readonly seed: number; readonly runs: number }): string {
  const { sales, right, rightWithFault, rightWithout, wrongPayments, confusions, causes } = tally;
  const shown = confusions.slice(0, ROWS_MAX);
  const left = confusions.slice(ROWS_MAX).reduce((sum, { seeds }) => sum + seeds.length, 0);
  const heads = {
    figures: [`${grouped(runs)} runs, ${grouped(sales)} sales (seeds ${seed} to ${seed + runs - 1})`, ''],
    confusions: ['true', 'said instead, or beside it', 'sales', 'seeds'],
    causes: ['cause', 'true', 'named so', 'or otherwise', 'said', 'wrongly'],
  };
  return [
    table(heads.figures, [
      ['payment wrong, at any moment', String(wrongPayments.length)],
      ['cause right', shareText(right)],
      ['of sales that a fault took hold of', shareText(rightWithFault)],
      ['of the others, which want no cause', shareText(rightWithout)],
    ]),
    table(
      heads.confusions,
      shown.map(({ truth, said, seeds }) => [
        names(truth),
        names(said),
        String(seeds.length),
        [...new Set(seeds)].slice(0, SEEDS_MAX).join(', '),
      ]),
    ),
    ...(left > 0 ? [`and ${left} more`] : []),
    table(
      heads.causes,
      causes.map((one) => [
        names(one.cause),
        ...[one.true, one.named, one.otherwise, one.said, one.wrong].map((count) => (count === 0 ? '' : String(count))),
      ]),
    ),
  ].join('\n\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Causes as names, and words as they are. */
function names(text: string): string {
  return text === 'none'
    ? text
    : text
        .split(' + ')
        .map((cause) => `\`${cause}\``)
        .join(' + ');
}

/** Never rounded up: what is not all is less than 100 %. */
function shareText({ count, of }: Share): string {
  const percent = of === 0 ? 100 : Math.floor((count / of) * 1_000) / 10;
  return `${percent.toFixed(1)} % (${grouped(count)} of ${grouped(of)})`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
