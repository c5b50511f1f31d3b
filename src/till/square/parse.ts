import type { z } from 'zod';
import { Refusal, type SquareError } from './errors.js';

/** So many mistakes are named at most: whoever sends rubbish learns nothing from a list of it. */
const TOLD_MAX = 10;

/** The value, or what is wrong with it in Square's words. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> | Refusal {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  return new Refusal(400, ...parsed.error.issues.slice(0, TOLD_MAX).map(errorOf));
}

const EXPECTED: Readonly<Record<string, readonly [code: string, detail: string]>> = {
  string: ['EXPECTED_STRING', 'Expected a string value.'],
  number: ['EXPECTED_INTEGER', 'Expected an integer value.'],
  int: ['EXPECTED_INTEGER', 'Expected an integer value.'],
  boolean: ['EXPECTED_BOOLEAN', 'Expected a boolean value.'],
  object: ['EXPECTED_OBJECT', 'Expected an object.'],
  array: ['EXPECTED_ARRAY', 'Expected an array.'],
};

function errorOf(issue: z.core.$ZodIssue): SquareError {
  const [code, detail] = codeOf(issue);
  const field = issue.path.map(String).join('.');
  return { category: 'INVALID_REQUEST_ERROR', code, detail, ...(field === '' ? {} : { field }) };
}

function codeOf(issue: z.core.$ZodIssue): readonly [code: string, detail: string] {
  if (issue.input === undefined && issue.code !== 'custom') {
    return ['MISSING_REQUIRED_PARAMETER', 'Missing required parameter.'];
  }
  switch (issue.code) {
    case 'invalid_type':
      return EXPECTED[issue.expected] ?? ['INCORRECT_TYPE', issue.message];
    case 'too_small':
      if (issue.origin === 'string') return ['VALUE_EMPTY', 'Field must not be blank'];
      if (issue.origin === 'array') return ['ARRAY_EMPTY', 'Array must not be empty.'];
      return ['VALUE_TOO_LOW', `Must be at least ${issue.minimum}.`];
    case 'too_big':
      if (issue.origin === 'string')
        return ['VALUE_TOO_LONG', `Field must not be greater than ${issue.maximum} length`];
      if (issue.origin === 'array')
        return ['ARRAY_LENGTH_TOO_LONG', `Array must have at most ${issue.maximum} elements.`];
      return ['VALUE_TOO_HIGH', `Must be at most ${issue.maximum}.`];
    case 'invalid_value': {
      const given =
        typeof issue.input === 'string' ? `\`${issue.input.slice(0, 80)}\` is not a valid enum value. ` : '';
      return ['INVALID_ENUM_VALUE', `${given}${issue.message}`];
    }
    case 'custom':
      return [typeof issue.params?.code === 'string' ? issue.params.code : 'INVALID_VALUE', issue.message];
    default:
      return ['INVALID_VALUE', issue.message];
  }
}
