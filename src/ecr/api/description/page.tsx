import { renderPage } from '../../../report/page.js';
import type { RouteDoc } from '../../../till/api/route.js';
import type { DescriptionOptions } from './openapi.js';

export function describingPage(routes: readonly RouteDoc[], _options: DescriptionOptions): string {
  return renderPage({ title: 'paperjam', body: <main>{routes.map(({ path }) => path)}</main> });
}
