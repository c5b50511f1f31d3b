import { z } from 'zod';
import { formatYuan, AMOUNT_MAX_FEN, AMOUNT_MIN_FEN } from '../../base/money.js';
import type { FormObject } from './form.js';
import { invalid, type StripeRefusal } from './refusal.js';

/** Parameters as forms carry them: all are text, and an empty one unsets. What does not fit is told in Stripe's words. */

interface Complaint {
  readonly code?: string;
  readonly message: string;
}

function read<Value>(of: (text: string) => Value | Complaint) {
  return z.string().transform((text, ctx): Value => {
    const value = of(text);
    if (typeof value !== 'object' || value === null || !('message' in value)) return value as Value; // It is no complaint, so it is one.
    ctx.issues.push({ code: 'custom', input: text, message: value.message, params: { code: value.code } });
    return z.NEVER;
  });
}

const EMPTY = {
  code: 'parameter_invalid_empty',
  message:
    "You passed an empty string for '{param}'. We assume empty values are an attempt to unset a parameter; however '{param}' cannot be unset. You should remove '{param}' from your request or supply a non-empty value.",
};

/** Text of 1 to `most` characters. */
export const words = (most = 5_000) =>
  read((text) => {
    if (text === '') return EMPTY;
    return text.length <= most ? text : { message: `Invalid string: {param} must be at most ${most} characters.` };
  });

/** The same, and empty is `null`. */
export const wordsOrNull = (most = 5_000) =>
  read((text) => {
    if (text === '') return null;
    return text.length <= most ? text : { message: `Invalid string: {param} must be at most ${most} characters.` };
  });

export const integer = () =>
  read((text) => {
    if (text === '') return EMPTY;
    if (/^-?\d{1,15}$/.test(text)) return Number(text);
    return { code: 'parameter_invalid_integer', message: `Invalid integer: ${text.slice(0, 40)}` };
  });

export const flag = () =>
  read((text) => {
    if (text === 'true' || text === 'false') return text === 'true';
    return { message: `Invalid boolean: ${text.slice(0, 40)}` };
  });

/** An amount in fen, as the terminal takes it. */
export const amount = () =>
  read((text) => {
    if (text === '') return EMPTY;
    if (!/^-?\d{1,15}$/.test(text)) {
      return { code: 'parameter_invalid_integer', message: `Invalid integer: ${text.slice(0, 40)}` };
    }
    const fen = Number(text);
    if (fen < AMOUNT_MIN_FEN) {
      return {
        code: fen < 1 ? 'parameter_invalid_integer' : 'amount_too_small',
        message: 'This value must be greater than or equal to 1.',
      };
    }
    if (fen > AMOUNT_MAX_FEN) {
      return { code: 'amount_too_large', message: `Amount must be no more than ¥${formatYuan(AMOUNT_MAX_FEN)}` };
    }
    return fen;
  });

/** The terminal sells in yuan. */
export const currency = () =>
  read((text): 'cny' | Complaint => {
    if (text.toLowerCase() === 'cny') return 'cny';
    return { message: `Invalid currency: ${text.slice(0, 20)}. This account currently supports these currencies: cny` };
  });

export const choice = <const Word extends string>(...allowed: readonly Word[]) => z.enum(allowed);

const TOO_MANY = 50;

/** `metadata[name]=value`; an empty value takes a name away, and `metadata=` all of them. */
export const metadata = () =>
  z
    .union([z.literal(''), z.array(z.string()), z.record(z.string().min(1).max(40), z.string().max(500))])
    .transform((given): Record<string, string> | '' => (Array.isArray(given) ? { ...given } : given))
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
  limit: read((text) => {
    if (!/^\d{1,9}$/.test(text)) return { code: 'parameter_invalid_integer', message: `Invalid integer: ${text.slice(0, 40)}` };
    if (Number(text) >= 1 && Number(text) <= 100) return Number(text);
    return { message: `Invalid limit: ${text}. It must be between 1 and 100.` };
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
    const inner = issue.errors.flat()[0];
    if (inner !== undefined) return refusalOf({ ...inner, path: [...issue.path, ...inner.path], input: issue.input });
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
      return invalid(`Invalid ${issue.expected === 'record' ? 'object' : issue.expected}: ${shown(issue.input)}`, { param });
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
