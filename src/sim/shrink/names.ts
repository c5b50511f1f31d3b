import { ABOUT_VERBS } from '../../fixture/language/till.js';
import { valueAt } from './paths.js';
import { isPlainList, isPlainMap, type Plain, type PlainMap } from './plain-value.js';

/**
 * The same with a name for each sale that had only its number, which would be another sale's as soon as one before it is
 * taken away.
 */
export function named(plain: PlainMap): PlainMap {
  const { steps } = plain;
  if (!isPlainList(steps)) return plain;
  const taken = new Set(steps.flatMap((step) => [begunIn(step)?.as, as(step, 'show')]));
  const names = new Map<string, string>();
  let number = 0;
  const withNames = steps.map((step) => {
    const begun = begunIn(step);
    if (!isPlainMap(step) || begun === undefined) return step;
    number++;
    if (begun.as !== undefined) return step;
    let name = `sale${number}`;
    while (taken.has(name)) name += '+';
    names.set(String(number), name);
    const sell = { ...begun, as: name };
    return isPlainMap(step.till) && step.sell === undefined
      ? { ...step, till: { ...step.till, sell } }
      : { ...step, sell };
  });
  // A name that is another sale's number would be taken for it.
  for (const number of names.keys()) if (taken.has(number)) names.delete(number);
  const { expect } = plain;
  const renamed = { ...plain, steps: withNames.map((step) => inStep(step, names)) };
  return expect === undefined ? renamed : { ...renamed, expect: inExpectation(expect, names) };
}

type Names = ReadonlyMap<string, string>;

/** What a step says of the sale that it begins, at the terminal or at a till. */
function begunIn(step: Plain): PlainMap | undefined {
  if (!isPlainMap(step)) return undefined;
  const sell = step.sell ?? valueAt(step, ['till', 'sell']);
  return isPlainMap(sell) ? sell : undefined;
}

function as(step: Plain, verb: string): Plain | undefined {
  return isPlainMap(step) ? valueAt(step, [verb, 'as']) : undefined;
}

/** The fields of a step that name a sale, or the code of its customer. */
const FIELDS: ReadonlySet<string> = new Set(['sale', 'settled', 'final', 'code']);
/** And those of what a till does. */
const AT_TILL: ReadonlySet<string> = new Set(['sale', ...ABOUT_VERBS]);

function inStep(step: Plain, names: Names): Plain {
  if (!isPlainMap(step)) return step;
  return mapped(step, (verb, said) => {
    if (verb === 'expect') return inExpectation(said, names);
    if (verb === 'fault' || !isPlainMap(said)) return said;
    const fields = verb === 'till' ? AT_TILL : FIELDS;
    return mapped(said, (field, value) => (fields.has(field) ? newName(value, names) : value));
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
