import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { firstProblem, nearest } from '../../src/base/problem.js';

const SCHEMA = z.strictObject({
  lang: z.enum(['zh', 'en']).default('zh'),
  merchant: z.strictObject({ name: z.string(), terminalId: z.string().optional() }).prefault({ name: 'x' }),
  timings: z
    .strictObject({ queryLimit: z.int().min(1) })
    .partial()
    .transform((given) => ({ ...given }))
    .optional(),
});

function problem(value: unknown) {
  const { error } = SCHEMA.safeParse(value, { reportInput: true });
  if (error === undefined) throw new Error('it fits');
  return firstProblem(error, SCHEMA);
}

describe('the first problem of a value', () => {
  test.each([
    [{ lnag: 'zh' }, 'its top', 'there is no key lnag; did you mean lang? (allowed: lang, merchant, timings)'],
    [{ zzz: 1 }, 'its top', 'there is no key zzz (allowed: lang, merchant, timings)'],
    [{ merchant: { name: 'x', id: 1 } }, 'merchant', 'there is no key id (allowed: name, terminalId)'],
    [{ timings: { limit: 1 } }, 'timings', 'there is no key limit (allowed: queryLimit)'],
    [{ lang: 'fr' }, 'lang', 'Invalid option: expected one of "zh"|"en" (given: "fr")'],
    [{ timings: { queryLimit: 0 } }, 'timings.queryLimit', 'Too small: expected number to be >=1 (given: 0)'],
    [{ merchant: {} }, 'merchant.name', 'Invalid input: expected string, received undefined'],
    ['text', 'its top', 'Invalid input: expected object, received string (given: "text")'],
  ])('%j: at %s', (value, path, words) => {
    expect(problem(value)).toEqual({ path, problem: words });
  });

  test('tells no more than the beginning of a long value', () => {
    expect(problem({ lang: 'x'.repeat(1_000) }).problem.length).toBeLessThan(150);
  });
});

describe('the nearest word', () => {
  test.each([
    ['paper-jma', 'paper-jam'],
    ['PAPER-JAM', 'paper-jam'],
    ['paper-out', 'paper-out'],
    ['coffee', undefined],
    ['', undefined],
  ])('%j: %s', (word, found) => {
    expect(nearest(word, ['paper-jam', 'paper-out'])).toBe(found);
  });

  test('of nothing is nothing', () => {
    expect(nearest('x', [])).toBeUndefined();
  });
});
