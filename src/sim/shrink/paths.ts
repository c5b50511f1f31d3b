import type { Path } from '../../fixture/reading/place.js';
import { isPlainList, isPlainMap, type Plain, type PlainMap } from './plain-value.js';

/** What stands at a place, if something does. */
export function valueAt(plain: PlainMap, path: Path): Plain | undefined {
  let at: Plain | undefined = plain;
  for (const step of path) {
    if (isPlainList(at)) at = at[Number(step)];
    else if (isPlainMap(at) && Object.hasOwn(at, step)) at = at[step];
    else return undefined;
  }
  return at;
}

/** The same without what stands at these places, all of them taken at once. */
export function without(plain: PlainMap, paths: readonly Path[]): PlainMap {
  const gone = new Set(paths.map((path) => JSON.stringify(path.map(String))));
  return mapIn(plain, [], (path) => gone.has(JSON.stringify(path)));
}

/** The same with another value at a place. */
export function replaced(plain: PlainMap, path: Path, value: Plain): PlainMap {
  const [step, ...rest] = path;
  if (step === undefined) return plain;
  return Object.fromEntries(
    Object.entries(plain).map(([key, inner]) => [key, key === String(step) ? put(inner, rest, value) : inner]),
  );
}

function put(at: Plain, path: Path, value: Plain): Plain {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (isPlainList(at)) return at.map((inner, i) => (i === Number(step) ? put(inner, rest, value) : inner));
  return isPlainMap(at) ? replaced(at, path, value) : at;
}

type Gone = (path: readonly string[]) => boolean;

function mapIn(map: PlainMap, path: readonly string[], gone: Gone): PlainMap {
  const entries = Object.entries(map).flatMap(([key, inner]): [string, Plain][] => {
    const own = [...path, key];
    return gone(own) ? [] : [[key, valueIn(inner, own, gone)]];
  });
  return Object.fromEntries(entries);
}

function valueIn(value: Plain, path: readonly string[], gone: Gone): Plain {
  if (isPlainMap(value)) return mapIn(value, path, gone);
  if (!isPlainList(value)) return value;
  return value.flatMap((inner, i) => {
    const own = [...path, String(i)];
    return gone(own) ? [] : [valueIn(inner, own, gone)];
  });
}
