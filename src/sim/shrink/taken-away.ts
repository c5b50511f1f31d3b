import type { Fixture } from '../../fixture/language/fixture.js';
import { plainFixture } from './plain.js';
import { isPlainList, isPlainMap, type Plain } from './plain-value.js';

/** What of a fixture is not in the smaller one, in words: `5 of 7 faults`, `device`, `policy`. */
export function takenAway(before: Fixture, after: Fixture): string[] {
  const was = plainFixture(before);
  const is = plainFixture(after);
  const lists = (['faults', 'steps'] as const).flatMap((key) => {
    const gone = before[key].length - after[key].length;
    return gone === 0 ? [] : [`${gone} of ${before[key].length} ${key}`];
  });
  const inside = (['faults', 'steps', 'expect'] as const).flatMap((key) => {
    const gone = wordsIn(was[key] ?? null) - wordsIn(is[key] ?? null);
    return gone <= 0 || lists.some((text) => text.endsWith(key)) || is[key] === undefined ? [] : [`words of ${key}`];
  });
  const keys = Object.keys(was).filter((key) => is[key] === undefined && key !== 'faults' && key !== 'steps');
  return [...lists, ...inside, ...keys];
}

/** How much is said. */
function wordsIn(value: Plain): number {
  const inner = isPlainList(value) ? value : isPlainMap(value) ? Object.values(value) : [];
  return inner.reduce((sum: number, one) => sum + wordsIn(one), 1);
}
