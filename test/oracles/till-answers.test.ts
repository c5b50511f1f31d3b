import { describe, expect, test } from 'vitest';
import { tillAnswers } from '../../src/oracles/till-answers.js';
import type { JournalEntry } from '../../src/terminal/journal/record.js';
import type { TillTold } from '../../src/world/tills.js';
import { INTENT, OPENED, PAID, SALE, said, trial, watched } from './support.js';

const NOT_PAID: JournalEntry = { kind: 'payment', saleId: SALE, fact: 'not-paid', by: 'authorize' };
const ASKED_BACK: JournalEntry = { kind: 'cancel-intent', saleId: SALE, why: 'asked' };
const REVERSED: JournalEntry = { kind: 'payment', saleId: SALE, fact: 'reversed', by: 'cancel' };

async function tills() {
  const tried = await trial(tillAnswers);
  const says = (payment: TillTold['payment'], face: TillTold['face'] = 'nexo') =>
    tried.oracle.answered?.({ face, saleId: SALE, payment });
  const end = () => tried.oracle.ended?.(undefined);
  return { ...tried, says, end };
}

const FOR_GOOD = 'a till is told for good only what stands in the journal for good';
const TWICE = 'a till is never told two different final answers';
const STAYS = 'what a till was told for good stays so';

describe('a terminal that answers a till', () => {
  test('may say what the journal has for good, as often as it is asked, in any protocol', async () => {
    const { record, says, end, said } = await tills();
    record(OPENED, INTENT, PAID);
    says('paid');
    says('paid', 'square');
    end();
    expect(said()).toEqual([]);
  });

  test('says nothing for good before it is in the journal', async () => {
    const { record, says, said } = await tills();
    says('paid');
    record(OPENED, INTENT);
    expect(said()).toEqual([`${FOR_GOOD} / nexo says paid, and the journal has no such sale`]);
  });

  test.each([
    ['paid', [OPENED, INTENT], 'says unknown'],
    ['not-paid', [OPENED, INTENT, PAID], 'says paid for good'],
    ['paid', [OPENED, INTENT, { ...PAID, voidAfterMs: 60_000 }], 'says paid'],
    ['paid', [OPENED, INTENT, PAID, ASKED_BACK], 'says unknown'],
  ] as const)('and not %s where the journal has it otherwise', async (payment, records, journal) => {
    const { record, says, said } = await tills();
    record(...(records as readonly JournalEntry[]));
    says(payment);
    expect(said()).toEqual([`${FOR_GOOD} / nexo says ${payment}, and the journal ${journal}`]);
  });

  test('says nothing else later, in another protocol either', async () => {
    const { record, says, said } = await tills();
    record(OPENED, INTENT, NOT_PAID);
    says('not-paid');
    record(PAID);
    says('paid', 'stripe');
    expect(said()).toEqual([`${TWICE} / nexo said not-paid, and stripe says paid`]);
  });

  test('has to find in the end what it has said', async () => {
    const { record, says, end, forget, said } = await tills();
    record(OPENED, INTENT, PAID);
    says('paid');
    forget(2);
    record({ kind: 'unresolved', saleId: SALE });
    end();
    expect(said()).toEqual([`${STAYS} / nexo said paid, and in the end the journal says unknown`]);
  });

  test('may say that money has gone back on request, and not that it was never paid', async () => {
    const { record, says, end, said } = await tills();
    record(OPENED, INTENT, PAID);
    says('paid');
    record(ASKED_BACK, REVERSED);
    says('reversed', 'stripe');
    end();
    expect(said()).toEqual([]);
    record(NOT_PAID);
    says('not-paid');
    expect(said()).toEqual([`${TWICE} / stripe said reversed, and nexo says not-paid`]);
  });

  test('and not that it has gone back by itself', async () => {
    const { record, says, said } = await tills();
    record(OPENED, INTENT, PAID);
    says('paid');
    record({ kind: 'cancel-intent', saleId: SALE, why: 'unprinted' }, REVERSED);
    says('reversed');
    expect(said()).toEqual([`${TWICE} / nexo said paid, and nexo says reversed`]);
  });

  test('is watched in every world', async () => {
    const { world, witness } = await watched();
    world.tills.told({ face: 'square', saleId: 'nobody', payment: 'paid' });
    expect(said(witness.breaches)).toEqual([
      `till-told: ${FOR_GOOD} / square says paid, and the journal has no such sale`,
    ]);
  });
});
