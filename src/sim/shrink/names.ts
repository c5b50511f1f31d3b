import { ABOUT_VERBS } from '../../fixture/language/till.js';
import type { Path } from '../../fixture/reading/place.js';
import { replaced, valueAt } from './paths.js';
import { isPlainList, isPlainMap, type Plain, type PlainMap } from './plain-value.js';

/**
 * The same with a name for each sale that had only its number, which would be another sale's as soon as one before it is
 * taken away.
 */
export function named(plain: PlainMap): PlainMap {
  const { steps } = plain;
  if (!isPlainList(steps)) return plain;
  const taken = new Set(steps.flatMap((step) => [...SELLS, ['show']].map((path) => as(step, path))));
  const names = new Map<string, string>();
  let number = 0;
  const withNames = steps.map((step) => {
    const path = SELLS.find((one) => isPlainMap(step) && isPlainMap(valueAt(step, one)));
    const sell = path === undefined || !isPlainMap(step) ? undefined : valueAt(step, path);
    if (path === undefined || !isPlainMap(step) || !isPlainMap(sell)) return step;
    number++;
    if (sell.as !== undefined) return step;
    let name = `sale${number}`;
    while (taken.has(name)) name += '+';
    names.set(String(number), name);
    return replaced(step, path, { ...sell, as: name });
  });
  // A name that is another sale's number would be taken for it.
  for (const number of names.keys()) if (taken.has(number)) names.delete(number);
  const { expect } = plain;
  const renamed = { ...plain, steps: withNames.map((step) => inStep(step, names)) };
  return expect === undefined ? renamed : { ...renamed, expect: inExpectation(expect, names) };
}

type Names = ReadonlyMap<string, string>;

/** Where a step says that it begins a sale: at the terminal, or at a till. */
const SELLS: readonly Path[] = [['sell'], ['till', 'sell']];

function as(step: Plain, path: Path): Plain | undefined {
  return isPlainMap(step) ? valueAt(step, [...path, 'as']) : undefined;
}

/** The fields of a step that name a sale, or the code of its customer. */
const FIELDS = new Set(['sale', 'settled', 'final', 'code', ...ABOUT_VERBS]);

function inStep(step: Plain, names: Names): Plain {
  if (!isPlainMap(step)) return step;
  return mapped(step, (verb, said) => {
    if (verb === 'expect') return inExpectation(said, names);
    if (verb === 'fault' || !isPlainMap(said)) return said;
    return mapped(said, (field, value) => (FIELDS.has(field) ? newName(value, names) : value));
  });
}

function inExpectation(expected: Plain, names: Names): Plain {
  if (!isPlainMap(expected)) return expected;
  return mapped(expected, (key, value) => {
    if (key === 'sales' && isPlainMap(value)) {
      return Object.fromEntries(Object.entries(value).map(([name, sale]) => [names.get(name) ?? name, sale]));
    }
    if (key !== 'paper' || !isPlainMap(value)) return value;
    return mapped(value, (field, said) =>
      field === 'order' && isPlainList(said) ? said.map((name) => newName(name, names)) : said,
    );
  });
}

function newName(value: Plain, names: Names): Plain {
  return names.get(String(value)) ?? value;
}

function mapped(map: PlainMap, change: (key: string, value: Plain) => Plain): PlainMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(key, value)]));
}
