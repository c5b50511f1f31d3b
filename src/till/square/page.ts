import { invalid, type Refusal } from './errors.js';

/** One of a list: its id, and what the list is in order of. */
export interface Listed<Thing> {
  readonly id: string;
  readonly atMs: number;
  readonly thing: Thing;
}

export interface PageQuery {
  readonly cursor: string | undefined;
  readonly limit: number;
  readonly order: 'ASC' | 'DESC';
}

/**
 * A page of a list, and where the next one begins. A cursor names the last thing of the page before, by its time and its
 * id, so what comes in between two pages shifts nothing. To those who hold it, it is opaque.
 */
export function pageOf<Thing>(
  list: readonly Listed<Thing>[],
  { cursor, limit, order }: PageQuery,
): { readonly page: readonly Thing[]; readonly cursor?: string } | Refusal {
  const sign = order === 'ASC' ? 1 : -1;
  const sorted = [...list].sort((a, b) => sign * compare(a, b));
  let begin = 0;
  if (cursor !== undefined) {
    const after = readCursor(cursor);
    if (after === undefined || after.order !== order)
      return invalid('INVALID_CURSOR', 'cursor', 'The cursor is not valid.');
    const next = sorted.findIndex((listed) => sign * compare(listed, after) > 0);
    begin = next === -1 ? sorted.length : next;
  }
  const page = sorted.slice(begin, begin + limit);
  const last = page.at(-1);
  const things = page.map(({ thing }) => thing);
  if (last === undefined || begin + limit >= sorted.length) return { page: things };
  return { page: things, cursor: writeCursor(last, order) };
}

function compare(a: Pick<Listed<unknown>, 'id' | 'atMs'>, b: Pick<Listed<unknown>, 'id' | 'atMs'>): number {
  if (a.atMs !== b.atMs) return a.atMs - b.atMs;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

function writeCursor({ atMs, id }: Listed<unknown>, order: 'ASC' | 'DESC'): string {
  return Buffer.from(`${order} ${atMs} ${id}`).toString('base64url');
}

function readCursor(cursor: string): { id: string; atMs: number; order: string } | undefined {
  const match = /^(ASC|DESC) (\d+(?:\.\d+)?) (.+)$/s.exec(Buffer.from(cursor, 'base64url').toString());
  if (match === null) return undefined;
  const [, order = '', atMs = '', id = ''] = match;
  return { order, atMs: Number(atMs), id };
}
