import type { Path } from '../../fixture/reading/place.js';
import { valueAt } from './paths.js';
import { isPlainList, isPlainMap, type Plain, type PlainMap } from './plain-value.js';

/**
 * What can be taken from a fixture, as lists of places; the language says afterwards whether what is left is one. The
 * first lists are worth the most.
 */
export const DELETABLE: readonly ((plain: PlainMap) => Path[])[] = [
  (plain) => itemsOf(plain, 'faults'),
  (plain) => itemsOf(plain, 'steps'),
  (plain) => Object.keys(plain).flatMap((key) => (KEPT.has(key) ? [] : [[key]])),
  detailsOf,
];

const KEPT = new Set(['title', 'faults', 'steps']);

function itemsOf(plain: PlainMap, key: string): Path[] {
  const list = valueAt(plain, [key]);
  return isPlainList(list) ? list.map((_, i) => [key, i]) : [];
}

/** Attributes of faults, times and manners of steps, single settings, and single expectations. */
function detailsOf(plain: PlainMap): Path[] {
  const { title: _, ...rest } = plain;
  return insideOf(rest, []).filter((path) => path.length > (path[0] === 'faults' || path[0] === 'steps' ? 2 : 1));
}

/** Lists that mean something else when they are shorter: exactly these, and in this order. */
const WHOLE = new Set(['exactly', 'order', 'also']);

function insideOf(value: Plain, path: Path): Path[] {
  const key = path.at(-1);
  if (WHOLE.has(String(key))) return [];
  if (isPlainMap(value)) {
    return Object.entries(value).flatMap(([name, inner]) => {
      const own = [...path, name];
      return name === 'fault' ? insideOf(inner, own) : [own, ...insideOf(inner, own)];
    });
  }
  if (!isPlainList(value)) return [];
  return value.flatMap((inner, i) => {
    const own = [...path, i];
    // A record of which less is said fits more often, so that `never` would ask for more.
    return key === 'never' ? [own] : [own, ...insideOf(inner, own)];
  });
}
