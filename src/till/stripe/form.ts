import { invalid } from './refusal.js';

/** What a form says: `a[b][0]=c` is `{a: {b: ['c']}}`. */
export type FormValue = string | readonly FormValue[] | FormObject;
export interface FormObject {
  readonly [name: string]: FormValue;
}

type Node = string | Map<string, Node>;

const MOST_PARAMETERS = 1_000;
const MOST_LEVELS = 8;

/**
 * Reads a form-encoded body or query (`application/x-www-form-urlencoded`) with brackets as Stripe's clients write them.
 * Names that are whole numbers from 0 on, or empty brackets, make a list. Throws a `StripeRefusal`.
 */
export function parseForm(text: string): FormObject {
  const root = new Map<string, Node>();
  const pairs = text.split('&').filter((pair) => pair !== '');
  if (pairs.length > MOST_PARAMETERS) {
    throw invalid(`Too many parameters: ${pairs.length}. At most ${MOST_PARAMETERS} are allowed in a request.`);
  }
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    put(root, stepsOf(name), at < 0 ? '' : decode(pair.slice(at + 1)), name);
  }
  return Object.fromEntries([...root].map(([name, node]) => [name, formValue(node)]));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalid(`Invalid form encoding: ${JSON.stringify(text.slice(0, 60))} is not percent-encoded UTF-8.`);
  }
}

/** `a[b][]` as `a`, `b` and an empty step. */
function stepsOf(name: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  if (match === null) throw invalid(`Invalid parameter name: ${JSON.stringify(name.slice(0, 60))}.`);
  const steps = [match[1] ?? '', ...[...(match[2] ?? '').matchAll(/\[([^[\]]*)\]/g)].map(([, step]) => step ?? '')];
  if (steps.length > MOST_LEVELS) throw invalid(`Invalid parameter name: ${steps[0]} is nested too deeply.`);
  return steps;
}

function put(root: Map<string, Node>, steps: readonly string[], value: string, name: string): void {
  let at = root;
  for (const [index, step] of steps.entries()) {
    const key = step === '' && index > 0 ? String(at.size) : step;
    if (index === steps.length - 1) {
      if (at.get(key) instanceof Map) throw mixed(name);
      at.set(key, value); // Of a name that is given twice the last counts.
      return;
    }
    const inner = at.get(key) ?? new Map<string, Node>();
    if (!(inner instanceof Map)) throw mixed(name);
    at.set(key, inner);
    at = inner;
  }
}

function mixed(name: string) {
  return invalid(`Invalid parameter: ${name.slice(0, 60)} is given as a value and as an object.`, {
    param: name.slice(0, 60),
  });
}

function formValue(node: Node): FormValue {
  if (!(node instanceof Map)) return node;
  const names = [...node.keys()];
  const values = [...node.values()].map(formValue);
  if (!names.every((name) => /^(?:0|[1-9]\d{0,3})$/.test(name))) {
    return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
  }
  const order = names.map((name, index) => ({ at: Number(name), value: values[index] ?? '' }));
  return order.sort((a, b) => a.at - b.at).map(({ value }) => value);
}
