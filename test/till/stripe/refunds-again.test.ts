import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Bench, prepareBench } from './bench.js';

beforeAll(prepareBench);

let bench: Bench;
let intent: string;
/** Whether the platform refuses to return money. */
let refuses: boolean;

/** A payment whose money the platform has refused once to return. */
beforeEach(() => {
  bench = new Bench();
  refuses = true;
  bench.world.platform?.site.onRequest(({ method }) =>
    method === 'alipay.trade.cancel' && refuses ? { refuse: { subCode: 'ACQ.CANCEL_NOT_ALLOWED', words: 'no' } } : {},
  );
  const at = bench.atReader();
  intent = at.intent;
  bench.present(at.reader);
  bench.clock.advance(20_000);
  expect(ask()).toMatchObject({ status: 'failed' });
  refuses = false;
  bench.clock.advance(20_000);
});
afterEach(() => bench.close());

function ask() {
  return bench.post('/refunds', `payment_intent=${intent}`, bench.key()).json;
}

function refunds(): string[] {
  return bench
    .get('/refunds')
    .json.data.map(({ id, status }: { id: string; status: string }) => `${id.replace(/_T\w+?(?=_|$)/, '')} ${status}`);
}

describe('a refund after one that was refused', () => {
  test('is another one, and what was refused stays refused', () => {
    expect(ask()).toMatchObject({ status: 'succeeded' });
    expect(refunds().sort()).toEqual(['re failed', 're_2 succeeded']);
    expect(bench.paid).toBe(0);
  });

  test.each(['kept', 'lost'] as const)(
    'whose request the power cuts off (its record is %s) is not answered by the old refusal',
    (unsynced) => {
      bench.world.faults.put({
        fault: 'terminal.power-cut',
        when: { journal: 'cancel-intent', at: 'append' },
        unsynced,
        offMs: 5_000,
      });
      const heard = bench.till.hear(bench.request('POST', '/refunds', `payment_intent=${intent}`, bench.key()), 60_000);
      const { status, body } = heard !== undefined && 'answer' in heard ? heard.answer : { status: 0, body: '' };
      const said = JSON.parse(String(body));
      if (status === 200) expect(['pending', 'succeeded']).toContain(said.status);
      else expect(said.error.code).toBe('terminal_reader_timeout');
      bench.clock.advance(120_000);
      if (unsynced === 'kept') {
        expect(refunds().sort()).toEqual(['re failed', 're_2 succeeded']);
      } else {
        expect(refunds()).toEqual(['re failed']);
        expect(ask()).toMatchObject({ status: 'succeeded' });
      }
      expect(bench.paid).toBe(0);
    },
  );

  test('is told of at the reader as what it is, and not as the one before', () => {
    refuses = false;
    const { reader } = bench;
    const { action } = bench.post(`/terminal/readers/${reader}/refund_payment`, `payment_intent=${intent}`).json;
    expect(action).toMatchObject({ type: 'refund_payment', status: 'in_progress' });
    bench.clock.advance(20_000);
    expect(bench.action(reader).status).toBe('succeeded');
    expect(refunds().sort()).toEqual(['re failed', 're_2 succeeded']);
  });
});
