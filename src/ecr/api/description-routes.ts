import type { RouteDoc } from '../../till/api/route.js';
import { VERSION } from '../../world/version.js';
import { openApi } from './description/openapi.js';
import { describingPage } from './description/page.js';
import type { OwnRoute } from './own-route.js';

/** What the API says of itself: for programs, and for people. `routes`: all others. */
export function descriptionRoutes(routes: readonly RouteDoc[], guarded: boolean): readonly OwnRoute[] {
  let json: string | undefined;
  let page: string | undefined;
  const describe = (all: readonly RouteDoc[]) => openApi(all, { version: VERSION, guarded });
  const own: readonly OwnRoute[] = [
    {
      method: 'GET',
      path: '/openapi.json',
      id: 'getDescription',
      tag: 'more',
      title: 'This description, for programs',
      ofTerminal: false,
      answers: { 200: { about: 'OpenAPI 3.1', type: 'application/json' } },
      problems: [],
      serve(_request, reply) {
        json ??= JSON.stringify(describe([...routes, ...own]));
        return reply.type('application/json; charset=utf-8').send(json);
      },
    },
    {
      method: 'GET',
      path: '/docs',
      id: 'readDescription',
      tag: 'more',
      title: 'The same, for people',
      ofTerminal: false,
      answers: { 200: { about: 'A page that needs nothing else', type: 'text/html' } },
      problems: [],
      serve(_request, reply) {
        page ??= describingPage([...routes, ...own], { version: VERSION, guarded });
        return reply.type('text/html; charset=utf-8').header('x-content-type-options', 'nosniff').send(page);
      },
    },
  ];
  return own;
}
