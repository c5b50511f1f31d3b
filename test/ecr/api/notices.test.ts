import { afterEach, describe, expect, test, vi } from 'vitest';
import { NoticeDoor } from '../../../src/acquirer/alipay/notice-door.js';
import { serveApp } from '../../../src/ecr/api/app.js';
import { noticesRoute, takeNoticeForms } from '../../../src/ecr/api/notices.js';
import { serveOwn } from '../../../src/ecr/api/own-route.js';
import { Shop } from '../../../src/till/shop.js';
import { prepareDevice, simulate } from '../../../src/world/simulated.js';
import { ApiBench, closeBenches, expectProblem, turn } from './bench.js';

closeBenches();
afterEach(() => vi.restoreAllMocks());

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

const device = await prepareDevice('epson-tm-m30');

/** The route alone, on a real socket and on virtual time, behind it a door whose other side is the test. */
async function route() {
  const door = new NoticeDoor((form) => form.sign === 'good');
  const { world, clock } = simulate(device);
  vi.spyOn(world, 'notices', 'get').mockReturnValue(door);
  const shop = new Shop([world]);
  const api = await serveApp({ what: 'control API' }, (app) => {
    takeNoticeForms(app);
    serveOwn(app, shop, [noticesRoute(shop)]);
  });
  const post = (fields: Record<string, string>) =>
    fetch(`${api.url}/v1/notify/alipay`, { method: 'POST', body: new URLSearchParams(fields) });
  return { door, clock, post, [Symbol.asyncDispose]: () => api.close() };
}

describe('POST /v1/notify/alipay', () => {
  test('says success only once the notice is taken', async () => {
    await using world = await route();
    let take: (() => void) | undefined;
    world.door.watch((form, taken) => {
      expect(form).toMatchObject({ out_trade_no: 'A1', subject: '拿铁 & 茶' });
      take = taken;
    });
    const answer = world.post({ out_trade_no: 'A1', subject: '拿铁 & 茶', sign: 'good' });
    let answered = false;
    answer.then(() => (answered = true));
    while (take === undefined) await turn();
    expect(answered).toBe(false);
    take();
    const response = await answer;
    expect([response.status, await response.text()]).toEqual([200, 'success']);
  });

  test('says failure when nobody takes it, so that the platform repeats it', async () => {
    await using world = await route();
    let came = false;
    world.door.watch(() => {
      came = true;
    });
    const answer = world.post({ out_trade_no: 'A1', sign: 'good' });
    while (!came) await turn();
    world.clock.advance(5_000);
    const response = await answer;
    expect([response.status, await response.text()]).toEqual([503, 'failure']);
  });

  test.each([
    [{ out_trade_no: 'A1' }, /it is not signed/],
    [{ out_trade_no: 'A1', sign: 'bad' }, /its signature does not match/],
  ])('refuses %j', async (fields, words) => {
    await using world = await route();
    world.door.watch(() => expect.unreachable('nobody is told'));
    const response = await world.post(fields);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'PJ_NOTICE', detail: expect.stringMatching(words) });
  });

  test('is not there where no notices are asked for, and takes nothing but a form', async () => {
    const open = await ApiBench.open();
    const none = await open.call('POST', '/v1/notify/alipay', { text: 'sign=good', headers: FORM });
    expectProblem(none, 404, 'PJ_NOT_FOUND', /no notices are asked for/);
    const page = await open.call('POST', '/v1/notify/alipay', {
      text: '<a/>',
      headers: { 'content-type': 'text/html' },
    });
    expectProblem(page, 415, 'PJ_REQUEST');
    const form = await open.call('POST', '/v1/sales', { text: 'amount=1', headers: FORM });
    expectProblem(form, 415, 'PJ_REQUEST', /its content type is application\/x-www-form-urlencoded/);
    expectProblem(await open.call('GET', '/v1/notify/alipay'), 405, 'PJ_METHOD', /Allowed: POST/);
  });
});
