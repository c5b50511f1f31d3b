import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { ApiBench, closeBenches, expectProblem } from './bench.js';

closeBenches();

async function picture(bench: ApiBench, path: string) {
  const response = await fetch(`${bench.api.url}${path}`);
  const png = decode(new Uint8Array(await response.arrayBuffer()));
  return { response, png };
}

/** Jams in the sixth line, is cleared, and printed again. */
async function jammedAndReprinted(bench: ApiBench): Promise<string> {
  const { id } = bench.world.faults.put({ fault: 'printer.paper-jam' });
  const saleId = await bench.soldAndSettled();
  bench.world.faults.clear(id);
  bench.clock.runUntil(() => bench.world.printer.status().ready);
  const answer = await bench.call('POST', `/v1/sales/${saleId}/reprint`);
  expect(answer).toMatchObject({ status: 202, json: { id: saleId, state: 'printing' } });
  bench.clock.runUntil(() => bench.world.terminal.free && bench.world.terminal.page(saleId).facts.ticket === 'printed');
  bench.clock.advance(1_000);
  return saleId;
}

describe('GET /v1/sales/:id/ticket.png', () => {
  test('is a picture of the paper, as wide as the head, with ink on it', async () => {
    const bench = await ApiBench.open();
    const saleId = await bench.soldAndSettled();
    const { response, png } = await picture(bench, `/v1/sales/${saleId}/ticket.png`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('paperjam-pieces')).toBe('1');
    expect(png.width).toBe(bench.world.profile.paper.printableDots);
    expect(png.height).toBeGreaterThan(400);
    expect({ depth: png.depth, channels: png.channels }).toEqual({ depth: 1, channels: 1 });
    expect(new Set(png.data).size).toBeGreaterThan(10);
  });

  test('shows each piece of the sale’s paper, the newest unless one is asked for', async () => {
    const bench = await ApiBench.open();
    const saleId = await jammedAndReprinted(bench);
    const path = `/v1/sales/${saleId}/ticket.png`;
    const [first, second, newest] = await Promise.all([
      picture(bench, `${path}?piece=1`),
      picture(bench, `${path}?piece=2`),
      picture(bench, path),
    ]);
    expect(first.response.headers.get('paperjam-pieces')).toBe('2');
    expect(first.png.height).toBeLessThan(second.png.height);
    expect(Buffer.from(newest.png.data)).toEqual(Buffer.from(second.png.data));
    expectProblem(await bench.call('GET', `${path}?piece=3`), 404, 'PJ_NO_PAPER', /it has 2 piece\(s\)/);
  });

  test.each(['piece=0', 'piece=-1', 'piece=1.5', 'piece=x', 'pieces=1'])('?%s is refused', async (query) => {
    const bench = await ApiBench.open();
    const saleId = await bench.soldAndSettled();
    expectProblem(await bench.call('GET', `/v1/sales/${saleId}/ticket.png?${query}`), 400, 'PJ_REQUEST', /query, /);
  });

  test('is 404 before anything is printed', async () => {
    const bench = await ApiBench.open();
    const saleId = await bench.sell({ customer: undefined });
    const answer = await bench.call('GET', `/v1/sales/${saleId}/ticket.png`);
    expectProblem(answer, 404, 'PJ_NO_PAPER', new RegExp(`the ticket of ${saleId}: nothing has been printed`));
  });
});

describe('POST /v1/sales/:id/reprint', () => {
  test('prints one marked copy, and never an original again', async () => {
    const bench = await ApiBench.open();
    const saleId = await jammedAndReprinted(bench);
    expect((await bench.call('GET', `/v1/sales/${saleId}/verdict`)).json).toMatchObject({
      payment: 'paid',
      ticket: 'printed',
      tickets: { originals: 1, copies: 1 },
    });
  });

  test('needs no body, and takes an empty one', async () => {
    const bench = await ApiBench.open();
    const saleId = await bench.soldAndSettled();
    expect((await bench.call('POST', `/v1/sales/${saleId}/reprint`, { text: '{}' })).status).toBe(202);
  });

  test('is refused when the sale is not paid, is not there, or while the terminal is busy', async () => {
    const bench = await ApiBench.open();
    const refused = await bench.soldAndSettled({ customer: { behaviour: 'no-money' } });
    const reprint = (saleId: string) => bench.call('POST', `/v1/sales/${saleId}/reprint`);
    expectProblem(await reprint(refused), 409, 'PJ_NO_TICKET', /its payment is not-paid/);
    expectProblem(await reprint('nobody'), 404, 'PJ_UNKNOWN_SALE');
    const paid = await bench.soldAndSettled();
    const open = await bench.sell({ customer: undefined });
    expectProblem(await reprint(paid), 409, 'PJ_BUSY', /scanning/);
    expectProblem(await reprint(open), 409, 'PJ_NO_TICKET', /its payment is unknown/);
  });
});
