import { describe, expect, test } from 'vitest';
import { ApiBench, closeBenches, expectProblem } from './bench.js';

closeBenches();

async function jammed(options = {}): Promise<{ bench: ApiBench; saleId: string }> {
  const bench = await ApiBench.open(options);
  bench.clock.runUntil(() => bench.world.printer.status().ready); // Where paper is a must nothing is sold before that.
  bench.world.faults.put({ fault: 'printer.paper-jam' });
  return { bench, saleId: await sold(bench) };
}

/** A sale that has come as far as its ticket, whatever became of that. */
async function sold(bench: ApiBench): Promise<string> {
  const { json } = await bench.call('POST', '/v1/sales', {
    body: { amount: '12.80', customer: { behaviour: 'pays' } },
  });
  const { id } = json;
  if (typeof id !== 'string') throw new Error('a sale has an id');
  bench.clock.runUntil(() => ['printFault', 'digital', 'prompting', 'done'].includes(bench.world.terminal.state));
  bench.clock.advance(1);
  return id;
}

const verdict = (bench: ApiBench, saleId: string, query = '') =>
  bench.call('GET', `/v1/sales/${saleId}/verdict${query}`);

describe('POST /v1/sales/:id/…', () => {
  test('ticket-seen: what a person saw, checked, and then it stands in the verdict', async () => {
    const bench = await ApiBench.open();
    const saleId = await sold(bench);
    const path = `/v1/sales/${saleId}/ticket-seen`;
    expectProblem(await bench.call('POST', path, { body: { seen: 'nice' } }), 400, 'PJ_REQUEST', /seen/);
    expectProblem(await bench.call('POST', path, { body: {} }), 400, 'PJ_REQUEST', /seen/);
    expectProblem(
      await bench.call('POST', path, { body: { seen: 'blank', how: 'faint' } }),
      400,
      'PJ_REQUEST',
      /it goes with unreadable/,
    );
    const answer = await bench.call('POST', path, { body: { seen: 'unreadable', how: 'wrong-characters' } });
    expect(answer).toMatchObject({ status: 202, json: { id: saleId, state: 'printFault' } });
    bench.clock.advance(1);
    expect((await verdict(bench, saleId)).json).toMatchObject({
      ticket: 'unreadable',
      cause: { id: 'terminal.misconfigured', confidence: 'likely' },
      words: { zh: expect.stringContaining('小票看不清') },
    });
  });

  test('decline-ticket, customer-left and leave-ticket: each is in the verdict, and said once', async () => {
    for (const [path, body, ticket, says] of [
      ['decline-ticket', undefined, 'refused', 'the customer wants no ticket'],
      ['customer-left', undefined, 'partial', 'the customer had gone'],
      ['leave-ticket', { reason: 'no printer' }, 'partial', 'the cashier went on without the ticket: no printer'],
    ] as const) {
      const { bench, saleId } = await jammed();
      const post = () => bench.call('POST', `/v1/sales/${saleId}/${path}`, body === undefined ? {} : { body });
      expect(await post()).toMatchObject({ status: 202 });
      bench.clock.advance(1);
      const { json } = await verdict(bench, saleId);
      expect(json).toMatchObject({ payment: 'paid', ticket });
      expect(JSON.stringify(json.evidence)).toContain(says);
      expectProblem(await post(), 409, 'PJ_NOT_NOW', /already/);
    }
    const { bench, saleId } = await jammed();
    const path = `/v1/sales/${saleId}/leave-ticket`;
    expectProblem(await bench.call('POST', path, { body: {} }), 400, 'PJ_REQUEST', /reason/);
    expectProblem(await bench.call('POST', path, { body: { reason: 'a\nb' } }), 400, 'PJ_REQUEST', /one line/);
  });

  test('print-now: only for the sale that the display asks about', async () => {
    const bench = await ApiBench.open({ policy: { print: 'prompt' } });
    const saleId = await sold(bench);
    expect(bench.world.terminal.state).toBe('prompting');
    expectProblem(await bench.call('POST', '/v1/sales/T0199/print-now'), 404, 'PJ_UNKNOWN_SALE', /T0199/);
    expect(await bench.call('POST', `/v1/sales/${saleId}/print-now`)).toMatchObject({
      status: 202,
      json: { state: 'printing' },
    });
    bench.clock.runUntil(() => bench.world.terminal.free);
    expectProblem(await bench.call('POST', `/v1/sales/${saleId}/print-now`), 409, 'PJ_NOT_NOW', /asks about no ticket/);
    expect((await verdict(bench, saleId)).json).toMatchObject({ ticket: 'printed' });
  });

  test('offer-digital: the screen has the code; where paper is a must it is refused', async () => {
    const { bench, saleId } = await jammed();
    expect(await bench.call('POST', `/v1/sales/${saleId}/offer-digital`)).toMatchObject({
      status: 202,
      json: { state: 'digital' },
    });
    bench.clock.advance(1);
    const { json } = await bench.call('GET', '/healthz');
    expect(json).toMatchObject({ screen: { state: 'digital', qr: expect.stringContaining(`/t/${saleId}.`), saleId } });
    expect((await verdict(bench, saleId)).json).toMatchObject({ ticket: 'digital' });
    const onPaper = await jammed({ policy: { paper: 'required' } });
    expectProblem(
      await onPaper.bench.call('POST', `/v1/sales/${onPaper.saleId}/offer-digital`),
      409,
      'PJ_NO_DIGITAL',
      /a paper ticket is required here/,
    );
  });
});

describe('policies, seen by a till', () => {
  test('paper required: no sale is begun without it, and no emulated customer shows a code for nothing', async () => {
    const bench = await ApiBench.open({ policy: { paper: 'required' } });
    bench.world.faults.put({ fault: 'printer.paper-out', when: 'now' });
    bench.clock.runUntil(() => bench.world.printer.status().faults.includes('paper-out'));
    const post = () => bench.call('POST', '/v1/sales', { body: { amount: '12.80', customer: { behaviour: 'pays' } } });
    expectProblem(await post(), 409, 'PJ_PAPER_REQUIRED', /paper-out/);
    expect(bench.world.terminal.screen).toMatchObject({ state: 'paperRequired', zh: '必须提供纸质小票,缺纸,请装纸' });
    expect(bench.world.platform?.ledger.trades()).toEqual([]);
  });

  test('paper required: a paid sale without its ticket is held', async () => {
    const { bench, saleId } = await jammed({ policy: { paper: 'required' } });
    const post = () => bench.call('POST', '/v1/sales', { body: { amount: '1.00', customer: { behaviour: 'pays' } } });
    expectProblem(await post(), 409, 'PJ_TICKET_HELD', new RegExp(saleId));
    await bench.call('POST', `/v1/sales/${saleId}/decline-ticket`);
    expectProblem(await post(), 409, 'PJ_PAPER_REQUIRED', /mechanical-error/);
    bench.world.faults.clearAll();
    bench.clock.runUntil(() => bench.world.printer.status().ready);
    expect((await post()).status).toBe(201);
  });

  test('void if unprinted: paid is not final as long as the money may go back, and the till is told what is', async () => {
    const { bench, saleId } = await jammed({ policy: { unprinted: 'void-if-unprinted', voidAfterMs: 20_000 } });
    const sale = () => bench.call('GET', `/v1/sales/${saleId}`);
    expect((await sale()).json).toMatchObject({ payment: 'paid', final: false, delivery: 'none' });
    bench.clock.advance(30_000);
    expect((await sale()).json).toMatchObject({ payment: 'reversed', final: true });
    expect(bench.world.platform?.ledger.trade(saleId)).toMatchObject({ paidFen: 1_280, refundedFen: 1_280 });
  });
});

describe('GET /v1/sales/:id/verdict?ask=true', () => {
  test('asks the platform now, and says whether it agrees; what the journal says stays as it was', async () => {
    const { bench, saleId } = await jammed();
    const before = (await verdict(bench, saleId)).json;
    expect(before.platform).toBeUndefined();
    const asked = verdict(bench, saleId, '?ask=true');
    for (let i = 0; i < 50 && bench.simulation.clock.pending > 0; i++) {
      await new Promise(setImmediate);
      bench.clock.advance(20);
    }
    const { status, json } = await asked;
    expect(status).toBe(200);
    expect(json).toMatchObject({
      payment: 'paid',
      ticket: before.ticket,
      platform: {
        outcome: 'paid',
        payment: 'paid',
        agreement: 'agrees',
        afterMs: 40,
        words: { zh: '平台说:已支付。与本机记录一致。' },
      },
    });
  });

  test('refuses anything but true and false', async () => {
    const { bench, saleId } = await jammed();
    expectProblem(await verdict(bench, saleId, '?ask=yes'), 400, 'PJ_REQUEST', /ask/);
    expectProblem(await verdict(bench, 'T0199', '?ask=true'), 404, 'PJ_UNKNOWN_SALE', /T0199/);
  });
});
