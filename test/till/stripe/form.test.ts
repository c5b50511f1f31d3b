import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseForm } from '../../../src/till/stripe/form.js';
import { StripeRefusal } from '../../../src/till/stripe/refusal.js';

describe('a form', () => {
  test.each([
    ['', {}],
    ['amount=1280&currency=cny', { amount: '1280', currency: 'cny' }],
    [
      'payment_method_types[]=card_present&payment_method_types[]=alipay',
      { payment_method_types: ['card_present', 'alipay'] },
    ],
    ['payment_method_types[1]=b&payment_method_types[0]=a', { payment_method_types: ['a', 'b'] }],
    [
      'cart[line_items][0][amount]=1&cart[line_items][0][description]=Tea+%E8%8C%B6&cart[total]=1',
      { cart: { line_items: [{ amount: '1', description: 'Tea 茶' }], total: '1' } },
    ],
    ['metadata%5Border%5D=6735', { metadata: { order: '6735' } }],
    ['metadata=', { metadata: '' }],
    ['a', { a: '' }],
    ['a=1&a=2', { a: '2' }],
    ['a=b=c', { a: 'b=c' }],
  ])('%s', (text, form) => {
    expect(parseForm(text)).toEqual(form);
  });

  test('cannot reach the objects of the language', () => {
    expect(Object.keys(parseForm('__proto__[polluted]=1&constructor=2'))).toEqual(['__proto__', 'constructor']);
    expect({}).not.toHaveProperty('polluted');
  });

  test.each([
    ['a=1&a[b]=2', 'Invalid parameter: a[b] is given as a value and as an object.'],
    ['a[b]=2&a=1', 'Invalid parameter: a is given as a value and as an object.'],
    ['a=%zz', 'Invalid form encoding: "%zz" is not percent-encoded UTF-8.'],
    ['[a]=1', 'Invalid parameter name: "[a]".'],
    ['a[b=1', 'Invalid parameter name: "a[b".'],
    [`${'a[b]'.repeat(1)}${'[c]'.repeat(9)}=1`, 'Invalid parameter name: a is nested too deeply.'],
    ['a=1&'.repeat(1_001), 'Too many parameters: 1001. At most 1000 are allowed in a request.'],
  ])('is refused: %s', (text, message) => {
    expect(() => parseForm(text)).toThrow(
      expect.objectContaining({ status: 400, error: expect.objectContaining({ message }) }),
    );
  });

  test('of any text is read, or refused in Stripe’s words', () => {
    const piece = fc.constantFrom('a', 'b', '[', ']', '[]', '[0]', '[1]', '=', '&', '%41', '%', '+', '茶', '__proto__');
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, (given) => {
        try {
          parseForm(given);
        } catch (error) {
          if (!(error instanceof StripeRefusal)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});
