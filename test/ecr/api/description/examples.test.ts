import { expect, test } from 'vitest';
import { FaceBench } from '../../../till/api/bench.js';
import { MemoryCourier } from '../../../till/couriers.js';

/** One example in one line, so that a change of one shows as one. */
function fileOf(examples: ReadonlyMap<string, object>): string {
  return [...examples].map(([of, example]) => `${JSON.stringify({ of, ...example })}\n`).join('');
}

test('the examples of the description are true: this is how they happen', async () => {
  const bench = new FaceBench({}, { courier: new MemoryCourier() });
  const told = new Map<string, object>();
  const ask = (id: string, method: string, path: string, request?: object) => {
    const [at = '', query = ''] = path.split('?');
    const answer = bench.till.ask({ method, path: at, query, ...(request === undefined ? {} : { json: request }) });
    const json = answer.body === '' ? undefined : answer.json;
    told.set(id, {
      path,
      ...(request === undefined ? {} : { request }),
      status: answer.status,
      ...(json === undefined ? {} : { answer: json }),
    });
    return json;
  };
  const pause = () => {
    bench.untilFree();
    bench.clock.advance(1_000);
  };

  const { id } = ask('openSale', 'POST', '/v1/sales', {
    amount: '12.80',
    subject: '拿铁 Latte',
    customer: { behaviour: 'pays' },
    waitMs: 60_000,
  });
  pause();
  ask('getSale', 'GET', `/v1/sales/${id}`);
  ask('getVerdict', 'GET', `/v1/sales/${id}/verdict`);
  ask('reprintTicket', 'POST', `/v1/sales/${id}/reprint`);
  pause();
  ask('reverseSale', 'POST', `/v1/sales/${id}/reverse`, { waitMs: 30_000 });
  pause();
  ask('listSales', 'GET', '/v1/sales?limit=1');
  ask('listTerminals', 'GET', '/v1/terminals');
  ask('getTerminal', 'GET', '/v1/terminals/T01');
  ask('putFault', 'POST', '/v1/faults', { fault: 'printer.paper-out', when: { line: 3 } });
  ask('listFaults', 'GET', '/v1/faults');
  ask('getFaultFacts', 'GET', '/v1/faults/catalogue/printer.paper-out');
  const jammed = bench.post('/v1/sales', { amount: '3', customer: { behaviour: 'pays' }, waitMs: 60_000 }).json;
  expect(jammed).toMatchObject({ payment: 'paid', ticket: 'partial' });
  ask('seeTicket', 'POST', `/v1/sales/${jammed.id}/ticket-seen`, { seen: 'unreadable', how: 'faint' });
  ask('declineTicket', 'POST', `/v1/sales/${jammed.id}/decline-ticket`);
  ask('leaveTicket', 'POST', `/v1/sales/${jammed.id}/leave-ticket`, { reason: 'the shop closes' });
  ask('clearFault', 'DELETE', '/v1/faults/f1');
  pause();
  const shown = bench.post('/v1/sales', { amount: '1' }).json;
  ask('scanCode', 'POST', '/v1/scan', { code: '281234567890123456' });
  bench.clock.runUntil(() => bench.facts(shown.id).payment === 'paid');
  pause();
  const cancelled = bench.post('/v1/sales', { amount: '1' }).json;
  ask('cancelSale', 'POST', `/v1/sales/${cancelled.id}/cancel`);
  pause();
  ask('addWebhook', 'POST', '/v1/webhooks', {
    url: 'http://127.0.0.1:3000/paperjam',
    types: ['sale.settled'],
    secret: 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
  });
  ask('listWebhooks', 'GET', '/v1/webhooks');

  expect(bench.bugs).toEqual([]);
  await expect(fileOf(told)).toMatchFileSnapshot('../../../../src/ecr/api/description/examples.jsonl');
});
