import { z } from 'zod';
import { AMOUNT_MAX_FEN, AMOUNT_MIN_FEN, formatYuan } from '../../base/money.js';
import type { FormObject } from './form.js';
import { invalid, type StripeRefusal } from './refusal.js';

/** Parameters as forms carry them: all are text, and an empty one unsets. What does not fit is told in Stripe's words. */

/** What is wrong with a parameter; `{param}` stands for its name. */
class Complaint {
  constructor(
    readonly message: string,
    readonly code?: string,
  ) {}
}

function read<Value extends string | number | boolean | null>(of: (text: string) => Value | Complaint) {
  return z.string().transform((text, ctx): Value => {
    const value = of(text);
    if (!(value instanceof Complaint)) return value;
    ctx.issues.push({ code: 'custom', input: text, message: value.message, params: { code: value.code } });
    return z.NEVER;
  });
}

const EMPTY = new Complaint(
  "You passed an empty string for '{param}'. We assume empty values are an attempt to unset a parameter; however '{param}' cannot be unset. You should remove '{param}' from your request or supply a non-empty value.",
  'parameter_invalid_empty',
);

const noInteger = (text: string) => new Complaint(`Invalid integer: ${text.slice(0, 40)}`, 'parameter_invalid_integer');

/** Text of 1 to `most` characters. */
export const words = (most = 5_000) => read<string>((text) => (text === '' ? EMPTY : atMost(text, most)));

/** The same, and empty is `null`. */
export const wordsOrNull = (most = 5_000) => read<string | null>((text) => (text === '' ? null : atMost(text, most)));

function atMost(text: string, most: number): string | Complaint {
  return text.length <= most ? text : new Complaint(`Invalid string: {param} must be at most ${most} characters.`);
}

export const integer = () =>
  read<number>((text) => {
    if (text === '') return EMPTY;
    return /^-?\d{1,15}$/.test(text) ? Number(text) : noInteger(text);
  });

export const flag = () =>
  read<boolean>((text) =>
    text === 'true' || text === 'false' ? text === 'true' : new Complaint(`Invalid boolean: ${text.slice(0, 40)}`),
  );

/** An amount in fen, as the terminal takes it. */
export const amount = () =>
  read<number>((text) => {
    if (text === '') return EMPTY;
    if (!/^-?\d{1,15}$/.test(text)) return noInteger(text);
    const fen = Number(text);
    if (fen < AMOUNT_MIN_FEN) {
      return new Complaint(
        `This value must be greater than or equal to ${AMOUNT_MIN_FEN}.`,
        'parameter_invalid_integer',
      );
    }
    if (fen <= AMOUNT_MAX_FEN) return fen;
    return new Complaint(`Amount must be no more than ¥${formatYuan(AMOUNT_MAX_FEN)}`, 'amount_too_large');
  });

/** The terminal sells in yuan. */
export const currency = () =>
  read<'cny'>((text) =>
    text.toLowerCase() === 'cny'
      ? 'cny'
      : new Complaint(`Invalid currency: ${text.slice(0, 20)}. This account currently supports these currencies: cny`),
  );

export const choice = <const Word extends string>(...allowed: readonly Word[]) => z.enum(allowed);

const TOO_MANY = 50;

/** `metadata[name]=value`; an empty value takes a name away, and `metadata=` all of them. */
export const metadata = () =>
  z
    .union([z.literal(''), z.array(z.string()), z.record(z.string().min(1).max(40), z.string().max(500))])
    .transform((given): Record<string, string> | '' =>
      Array.isArray(given) ? Object.fromEntries(given.map((value, at) => [String(at), value])) : given,
    )
    .refine((given) => Object.keys(given).length <= TOO_MANY, {
      message: `You can only have up to ${TOO_MANY} keys in your metadata.`,
    });

/** What was set, with what is given now. */
export function merged(before: Readonly<Record<string, string>>, given: Record<string, string> | '' | undefined) {
  if (given === '') return {};
  return Object.fromEntries(Object.entries({ ...before, ...given }).filter(([, value]) => value !== ''));
}

export const list = <Schema extends z.ZodType>(of: Schema) => z.array(of).max(100);

/** `expand[]`: fields of the answer that are to hold whole objects instead of their ids. */
export const expand = { expand: list(z.string().max(200)).optional() };

/** `limit`, `starting_after`, `ending_before`. */
export const paging = {
  limit: read<number>((text) => {
    if (!/^\d{1,9}$/.test(text)) return noInteger(text);
    const limit = Number(text);
    return limit >= 1 && limit <= 100 ? limit : new Complaint(`Invalid limit: ${text}. It must be between 1 and 100.`);
  }).optional(),
  starting_after: words().optional(),
  ending_before: words().optional(),
  ...expand,
};

/** The parameters of one request. Throws a `StripeRefusal` that names the first one that does not fit. */
export function parse<Schema extends z.ZodType>(schema: Schema, given: FormObject): z.output<Schema> {
  const parsed = schema.safeParse(given, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw refusalOf(parsed.error.issues[0]);
}

function refusalOf(issue: z.core.$ZodIssue | undefined): StripeRefusal {
  if (issue === undefined) return invalid('Invalid request.');
  if (issue.code === 'invalid_union') {
    return invalid(`Invalid ${nameOf(issue.path)}: ${shown(issue.input)}`, { param: nameOf(issue.path) });
  }
  const param = nameOf(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const names = issue.keys.map((key) => nameOf([...issue.path, key]));
      const message = `Received unknown parameter${names.length > 1 ? 's' : ''}: ${names.slice(0, 5).join(', ').slice(0, 200)}`;
      return invalid(message, { code: 'parameter_unknown', param: names[0]?.slice(0, 100) ?? param });
    }
    case 'invalid_type':
      if (issue.input === undefined) {
        return invalid(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
      }
      return invalid(`Invalid ${issue.expected === 'record' ? 'object' : issue.expected}: ${shown(issue.input)}`, {
        param,
      });
    case 'invalid_value':
      if (issue.input === undefined) {
        return invalid(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
      }
      return invalid(`Invalid ${param}: must be ${oneOf(issue.values.map(String))}`, { param });
    case 'custom': {
      const code = typeof issue.params?.code === 'string' ? issue.params.code : undefined;
      return invalid(issue.message.replaceAll('{param}', param), { ...(code === undefined ? {} : { code }), param });
    }
    default:
      return invalid(`Invalid ${param}: ${issue.message}`, { param });
  }
}

function oneOf(words: readonly string[]): string {
  if (words.length < 2) return words.join();
  return `one of ${words.slice(0, -1).join(', ')}, or ${words.at(-1)}`;
}

function shown(input: unknown): string {
  return JSON.stringify(input)?.slice(0, 60) ?? '';
}

/** `line_items`, 0, `amount` as `line_items[0][amount]`. */
function nameOf([first = '', ...rest]: readonly PropertyKey[]): string {
  return `${String(first)}${rest.map((step) => `[${String(step)}]`).join('')}`.slice(0, 100);
}
