import type { JournalReader } from './journal-reader.js';
import { type Page, pageOfRecords, pageOfSales } from './pages.js';
import { type Call, type Route, route } from './route.js';
import { RECORDS_QUERY, SALES_QUERY } from './schemas.js';
import { RECORDS_VIEW, recordView, SALES_VIEW, saleView } from './views.js';

const LINK = { link: 'the pages before and after, as RFC 8288 has them' };

/** Lists that are read page by page. */
export function listRoutes(readerOf: (terminalId: string) => JournalReader): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/v1/sales',
      id: 'listSales',
      tag: 'sales',
      title: 'Sales, page by page',
      about:
        'Without a cursor the newest; ?after= begins with the oldest there is. The order is that in which they were opened, and it never changes.',
      kind: 'status',
      query: SALES_QUERY,
      answers: { 200: { about: 'A page', schema: SALES_VIEW, headers: LINK } },
      problems: ['PJ_JOURNAL_CHANGED'],
      handle(call, { query }) {
        const page = pageOfSales(readerOf(call.counter.id), query);
        answerPage(call, page, 'sales', page.items.map(saleView));
      },
    }),
    route({
      method: 'GET',
      path: '/v1/records',
      id: 'listRecords',
      tag: 'journal',
      title: 'The journal, page by page',
      about: 'Without a cursor the newest records; ?after= begins with the first. Payment codes are masked.',
      query: RECORDS_QUERY,
      answers: { 200: { about: 'A page', schema: RECORDS_VIEW, headers: LINK } },
      problems: ['PJ_JOURNAL_CHANGED'],
      handle(call, { query }) {
        const page = pageOfRecords(readerOf(call.counter.id), query);
        answerPage(call, page, 'records', page.items.map(recordView));
      },
    }),
  ];
}

function answerPage(call: Call, page: Page<unknown>, name: string, items: readonly object[]): void {
  const { path, query } = call.exchange.request;
  const address = (where: 'after' | 'before', cursor: string | undefined) => {
    if (cursor === undefined) return undefined;
    const fields = new URLSearchParams(query);
    fields.delete('after');
    fields.delete('before');
    fields.set(where, cursor);
    return `${path}?${fields}`;
  };
  const links = { prev: address('before', page.prev), next: address('after', page.next) };
  const given = Object.entries(links).flatMap(([rel, url]) => (url === undefined ? [] : [`<${url}>; rel="${rel}"`]));
  const body = { [name]: items, cursor: page.cursor, ...links };
  call.answer(200, body, given.length === 0 ? {} : { link: given.join(', ') });
}
