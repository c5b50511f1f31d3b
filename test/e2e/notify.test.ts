import { expect, test } from 'vitest';
import { openShop } from './shop.js';

const DEAF = ['platform.answer-lost', 'platform.answer-lost:method=alipay.trade.query,times=100'];

test('the platform is not heard when it is asked, and tells by itself: paid by notify over HTTP, printed once', async () => {
  const shop = openShop({ notify: true });
  const program = shop.start(
    DEAF.flatMap((fault) => ['--fault', fault]),
    { stdin: 'open' },
  );
  await program.says(/^ready in /m);
  program.type('sale 12.80');
  const { saleId } = await shop.record('notified');
  expect(await shop.record('print-result')).toMatchObject({ saleId, result: { outcome: 'printed' } });
  expect(shop.records('notified')).toMatchObject([{ saleId, outcome: 'paid' }]);
  expect(shop.records('payment')).toMatchObject([{ saleId, fact: 'paid', by: 'notify' }]);
  expect(shop.payments()).toEqual([[saleId, 1_280]]);
  expect(shop.papers(saleId)).toEqual(['complete original']);
  expect((await program.signal('SIGTERM')).code).toBe(0);
});

test('a notice that anybody sends to the control API is refused', async () => {
  const shop = openShop({ notify: true });
  const program = shop.start([], { stdin: 'open' });
  const [, api] = await program.says(/^ {2}control {3}(\S+)$/m);
  const body = new URLSearchParams({
    out_trade_no: 'T01',
    trade_status: 'TRADE_SUCCESS',
    sign_type: 'RSA2',
    sign: 'AAAA',
  });
  const answer = await fetch(`${api}/v1/notify/alipay`, { method: 'POST', body });
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ code: 'PJ_NOTICE' });
  expect((await program.signal('SIGTERM')).code).toBe(0);
  expect(shop.records('notified')).toEqual([]);
});
