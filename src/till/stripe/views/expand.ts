import { invalid } from '../refusal.js';

const MOST_LEVELS = 4;

export interface Whole {
  /** The object of an id. */
  object(id: string): object | undefined;
  /** What an object does not show unless it is asked for. */
  hidden(of: Readonly<Record<string, unknown>>, name: string): unknown;
}

/**
 * Puts whole objects in the place of their ids, where `expand[]` names them: `latest_charge`, `data.payment_intent`
 * (docs.stripe.com/api/expanding_objects). Throws a `StripeRefusal` for what cannot be expanded.
 */
export function expanded(body: Readonly<Record<string, unknown>>, paths: readonly string[], whole: Whole) {
  let now: Readonly<Record<string, unknown>> = body;
  for (const path of paths) {
    const steps = path.split('.');
    const refuse = () => invalid(`This property cannot be expanded (${path.slice(0, 100)}).`, { param: 'expand' });
    if (steps.length > MOST_LEVELS + 1) throw refuse();
    const made = at(now, steps, whole, refuse);
    if (isObject(made)) now = made;
  }
  return now;
}

function at(value: unknown, [step, ...rest]: readonly string[], whole: Whole, refuse: () => Error): unknown {
  if (value === null) return null;
  if (Array.isArray(value))
    return value.map((each) => at(each, step === undefined ? [] : [step, ...rest], whole, refuse));
  if (typeof value === 'string') {
    const object = whole.object(value);
    if (object === undefined) throw refuse();
    return at(object, step === undefined ? [] : [step, ...rest], whole, refuse);
  }
  if (!isObject(value)) throw refuse();
  if (step === undefined) return value;
  const inner = Object.hasOwn(value, step) ? value[step] : whole.hidden(value, step);
  if (inner === undefined) throw refuse();
  return { ...value, [step]: at(inner, rest, whole, refuse) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
