import { beforeAll, describe, expect, test } from 'vitest';
import { Bench, prepareBench } from './bench.js';

beforeAll(prepareBench);

/** What Stripe says, and what the machine heard from its platform: the one is made of the other. */
function outcome(amount: number, form = '') {
  const bench = new Bench();
  const { intent, reader } = bench.atReader(amount);
  const { action } = bench.present(reader, form).json;
  const { status, last_payment_error: error } = bench.show(intent);
  const sale = bench.world.terminal.sales().at(-1);
  const records = sale === undefined ? [] : bench.world.terminal.page(sale.saleId).records;
  const answer = records.find((record) => record.kind === 'platform-answer' && record.call === 'authorize');
  const heard = answer?.kind === 'platform-answer' ? (answer.code ?? answer.outcome) : undefined;
  bench.close();
  return { status, action: action.status, code: error?.code, decline: error?.decline_code, heard };
}

/** Of a payment that went straight through the journal has no answer, but the payment. */
const PAID = { status: 'succeeded', action: 'succeeded', code: undefined, decline: undefined, heard: undefined };
const declined = (decline: string, heard: string, code = 'card_declined') => ({
  status: 'requires_payment_method',
  action: 'failed',
  code,
  decline,
  heard,
});

describe('test amounts, by their last two digits', () => {
  test.each([
    [2500, PAID],
    [1001, declined('call_issuer', 'ACQ.BUYER_ENABLE_STATUS_FORBID')],
    // The PIN is asked for, and given: the reader has a screen.
    [1002, { ...PAID, heard: '10003' }],
    [1003, { ...PAID, heard: '10003' }],
    [1005, declined('generic_decline', 'ACQ.PAYMENT_FAIL')],
    [1055, declined('incorrect_pin', 'ACQ.PAYER_UNMATCHED')],
    [1060, declined('online_or_offline_pin_required', 'ACQ.ERROR_BUYER_CERTIFY_LEVEL_LIMIT')],
    [1065, declined('withdrawal_count_limit_exceeded', 'ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR')],
    [1075, declined('pin_try_exceeded', 'ACQ.USER_FACE_PAYMENT_SWITCH_OFF')],
  ])('%i', (amount, expected) => expect(outcome(amount)).toEqual(expected));
});

describe('test cards', () => {
  test.each([
    ['5555555555554444', PAID],
    ['4000000000000002', declined('generic_decline', 'ACQ.PAYMENT_FAIL')],
    ['4000000000009995', declined('insufficient_funds', 'ACQ.BUYER_BALANCE_NOT_ENOUGH')],
    ['4000000000009987', declined('lost_card', 'ACQ.ERROR_BALANCE_PAYMENT_DISABLE')],
    ['4000000000009979', declined('stolen_card', 'ACQ.PAYMENT_REQUEST_HAS_RISK')],
    ['4000000000000069', declined('expired_card', 'ACQ.PAYMENT_AUTH_CODE_INVALID', 'expired_card')],
    ['4000000000000119', declined('processing_error', 'ACQ.TRADE_HAS_CLOSE', 'processing_error')],
    ['4001007020000002', { ...PAID, heard: '10003' }],
  ])('%s', (number, expected) => {
    expect(outcome(1280, `card_present[number]=${number}&type=card_present`)).toEqual(expected);
  });

  test('only with a standard card does the amount decide', () => {
    expect(outcome(1055, 'card_present[number]=4000000000000069').decline).toBe('expired_card');
  });

  test('a card that is none is refused, and the reader goes on waiting', () => {
    const bench = new Bench();
    const { reader } = bench.atReader();
    expect(bench.present(reader, 'card_present[number]=1234').json.error).toMatchObject({
      code: 'incorrect_number',
      param: 'card_present[number]',
      message: expect.stringContaining('4242424242424242'),
    });
    expect(bench.action(reader).status).toBe('in_progress');
    expect(bench.present(reader, 'amount_tip=100').json.error).toMatchObject({ param: 'amount_tip' });
    bench.close();
  });

  test('a steered refusal touches its own order only', () => {
    const bench = new Bench();
    const first = bench.atReader(1005);
    bench.present(first.reader);
    bench.clock.advance(5_000);
    bench.world.people.sell(1005, { customer: { behaviour: 'pays' } });
    bench.clock.advance(5_000);
    expect(bench.world.terminal.sales().map(({ payment }) => payment)).toEqual(['not-paid', 'paid']);
    bench.close();
  });
});

test('nobody is asked for a code: presenting one is refused', () => {
  const bench = new Bench();
  expect(bench.present(bench.reader).json.error.message).toContain('is not asking for a payment method');
  bench.close();
});
