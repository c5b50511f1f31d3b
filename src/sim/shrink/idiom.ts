import { AMOUNT_MAX_FEN } from '../../base/money.js';
import { BARE_VERBS } from '../../fixture/language/steps.js';
import { isPlainList, isPlainMap, type Plain, type PlainMap } from './plain-value.js';

/** An amount in yuan, which has two digits behind the point wherever people write it. */
export class Yuan {
  constructor(readonly yuan: number) {}
}

/** What a file holds, with amounts. */
export type Idiom = null | boolean | number | string | Yuan | readonly Idiom[] | { readonly [key: string]: Idiom };

type IdiomMap = { readonly [key: string]: Idiom };

/** Shorter for the same, as a person writes it: `- restart`, `reprint: coffee`, `customer: pays`, `yuan: 12.80`. */
export function idiomOf(fixture: PlainMap): IdiomMap {
  const { steps, expect, ...rest } = fixture;
  return {
    ...rest,
    ...(isPlainList(steps) ? { steps: steps.map(stepIdiom) } : {}),
    ...(isPlainMap(expect) ? { expect: expectationIdiom(expect) } : {}),
  };
}

function stepIdiom(step: Plain): Idiom {
  if (!isPlainMap(step)) return step;
  const { at, ...verbs } = step;
  const [verb = '', ...more] = Object.keys(verbs);
  const said = verbIdiom(verb, verbs[verb] ?? null);
  if (more.length > 0) return step;
  if (at !== undefined) return { at, [verb]: said };
  const nothing = typeof said === 'object' && said !== null && Object.keys(said).length === 0;
  return nothing && BARE_VERBS.some((bare) => bare === verb) ? verb : { [verb]: said };
}

/** The field that may stand alone, without its name, for each verb. */
const ALONE: Readonly<Record<string, string>> = {
  wait: 'moment',
  reprint: 'sale',
  'decline-ticket': 'sale',
  'saw-ticket': 'saw',
  'customer-left': 'sale',
  'offer-digital': 'sale',
  ask: 'sale',
};

function verbIdiom(verb: string, said: Plain): Idiom {
  if (!isPlainMap(said)) return said;
  if (verb === 'sell') return sellIdiom(said);
  if (verb === 'show') {
    const { customer, ...rest } = said;
    const short = customer === undefined ? undefined : alone(customer, 'does');
    if (typeof short === 'string' && Object.keys(rest).length === 0) return short;
    return short === undefined ? rest : { customer: short, ...rest };
  }
  if (verb === 'expect') return expectationIdiom(said);
  const field = ALONE[verb];
  return field === undefined ? said : alone(said, field);
}

/** `{ does: pays }` as `pays`. */
function alone(value: Plain, field: string): Idiom {
  if (!isPlainMap(value)) return value;
  const [key, ...others] = Object.keys(value);
  return key === field && others.length === 0 ? (value[field] ?? null) : value;
}

function sellIdiom({ fen, customer, ...rest }: PlainMap): Idiom {
  const inYuan = typeof fen === 'number' && fen <= AMOUNT_MAX_FEN;
  return {
    ...(inYuan ? { yuan: new Yuan(fen / 100) } : { fen: fen ?? null }),
    ...rest,
    ...(customer === undefined ? {} : { customer: alone(customer, 'does') }),
  };
}

/** Fields that take one text as well as a list. */
const TEXTS = new Set(['zh', 'en', 'now', 'shown', 'never', 'qr', 'text', 'noText']);

const IN_EXPECTATION: Readonly<Record<string, (value: Plain) => Idiom>> = {
  sales: (sales) => eachIn(sales, (sale) => (isPlainMap(sale) ? fieldsIn(sale, IN_SALE) : sale)),
  display: textsIn,
  paper: textsIn,
  journal: (journal) => eachIn(journal, recordsIdiom),
};

const IN_SALE: typeof IN_EXPECTATION = {
  advice: (advice) => eachIn(advice, textsIn),
  journal: (journal) => onlyInOrder(eachIn(journal, recordsIdiom)),
};

function expectationIdiom(expected: PlainMap): IdiomMap {
  return fieldsIn(expected, IN_EXPECTATION);
}

function fieldsIn(map: PlainMap, idioms: typeof IN_EXPECTATION): IdiomMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, (idioms[key] ?? ((one) => one))(value)]));
}

function onlyInOrder(records: Idiom): Idiom {
  if (typeof records !== 'object' || records === null || !('inOrder' in records)) return records;
  return Object.keys(records).length === 1 ? records.inOrder : records;
}

function recordsIdiom(records: Plain): Idiom {
  return isPlainList(records) ? records.map((record) => alone(record, 'kind')) : records;
}

function textsIn(map: Plain): Idiom {
  if (!isPlainMap(map)) return map;
  return Object.fromEntries(
    Object.entries(map).map(([key, value]): [string, Idiom] => {
      const [only, ...others] = TEXTS.has(key) && isPlainList(value) ? value : [];
      return [key, only === undefined || others.length > 0 ? value : only];
    }),
  );
}

function eachIn(map: Plain, idiom: (value: Plain) => Idiom): Idiom {
  if (!isPlainMap(map)) return map;
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, idiom(value)]));
}
