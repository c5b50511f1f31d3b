import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiBench } from '../bench.js';

let bench: ApiBench;
let page: string;

beforeAll(async () => {
  bench = await ApiBench.open();
  const answer = await bench.call('GET', '/docs');
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  page = answer.text;
});
afterAll(() => bench.close());

test('the page has every operation of the description, and each link in it leads somewhere', async () => {
  const { json } = await bench.call('GET', '/openapi.json');
  const operations = Object.values(json.paths as Record<string, Record<string, { operationId: string }>>)
    .flatMap((item) => Object.values(item))
    .map(({ operationId }) => operationId)
    .filter((id) => !id.endsWith('AtTerminal'));
  for (const id of operations) expect(page).toContain(`<article id="${id}">`);
  const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  for (const [, href] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(href);
});

test('the page needs nothing from elsewhere, and runs nothing', () => {
  expect(page).not.toMatch(/<script|<link|<img|@import|url\(|src=/);
  expect([...page.matchAll(/href="(?!#)([^"]+)"/g)].map(([, href]) => href)).toEqual(['/openapi.json']);
  expect(page).toContain("default-src 'none'");
});

test('the page shows a sale as it really was', () => {
  expect(page).toContain("curl -s 'http://127.0.0.1:7717/v1/sales'");
  expect(page).toContain('201 Created');
  expect(page).toContain('拿铁 Latte');
  expect(page).not.toContain('undefined');
});
