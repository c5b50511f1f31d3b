import { describe, expect, test } from 'vitest';
import { PaperjamError } from '../../../src/base/errors.js';
import { verdictOf } from '../../../src/terminal/verdict/verdict.js';
import { failed, PAID, PRINTED, pageOf, print } from './records.js';

describe('the tickets of a verdict', () => {
  test.each([
    ['came out', PRINTED, 1],
    ['came out in part', failed('mechanical-error'), 1],
    ['may have come out', { outcome: 'unknown', block: 1, blocks: 4, reason: 'no-answer' }, 1],
    ['was sent to a printer that never answers', { outcome: 'unconfirmed', blocks: 4 }, 1],
    ['never came out', { outcome: 'not-printed', blocks: 4, reason: 'paper-out' }, 0],
  ] as const)('one that %s counts as it may lie there', (_, result, originals) => {
    expect(verdictOf(pageOf([...PAID, ...print(result)])).tickets).toEqual({ originals, copies: 0 });
  });
});

test('a sale in a journal that is damaged behind it is not final, whatever stood there', () => {
  const page = pageOf([...PAID, ...print(PRINTED)]);
  expect(verdictOf(page).final).toBe(true);
  const damage = new PaperjamError('PJ_JOURNAL_CHANGED', { address: 'journal', sequence: 9, problem: 'x' });
  expect(verdictOf({ ...page, damage })).toMatchObject({ final: false, damage: { record: 9 } });
});
