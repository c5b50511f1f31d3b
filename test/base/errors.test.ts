import { describe, expect, test } from 'vitest';
import { ERRORS, PaperjamError } from '../../src/base/errors.js';

describe('an error of paperjam', () => {
  test('has a code, a sentence with its data in it, the data and the cause', () => {
    const cause = new Error('EACCES');
    const error = new PaperjamError('PJ_STORAGE_FULL', { path: '/data/journal', bytes: 80 }, { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'PaperjamError',
      code: 'PJ_STORAGE_FULL',
      data: { path: '/data/journal', bytes: 80 },
      cause,
    });
    expect(error.message).toBe(
      'There is no room in /data/journal for 80 more bytes. What was acknowledged before is safe. Free some space there, then restart.',
    );
  });

  test('takes data as they are: braces and dollars in them mean nothing', () => {
    const { message } = new PaperjamError('PJ_AMOUNT', { value: '$& {allowed} $1', allowed: 'a number' });
    expect(message).toBe('The amount $& {allowed} $1 is not accepted: a number.');
  });

  test('keeps the blank of a datum that is not given, so that the gap is seen', () => {
    expect(new PaperjamError('PJ_NOT_FOUND').message).toBe('There is nothing here: {what}.');
    expect(new PaperjamError('PJ_NOT_FOUND', { what: undefined }).message).toBe('There is nothing here: {what}.');
  });
});

test.each(Object.entries(ERRORS))('%s is a sentence', (code, template) => {
  expect(code).toMatch(/^PJ_[A-Z]+(_[A-Z]+)*$/);
  expect(template).toMatch(/^[A-Z{].*[.}]$/s);
  expect(template).not.toMatch(/\s{2}|\$\{/);
});
