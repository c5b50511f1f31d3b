import { z } from 'zod';
import { type ErrorCode, PaperjamError } from '../../base/errors.js';
import type { TillKind } from '../../ports/till-faults.js';
import type { Counter } from '../counter.js';
import type { Shop } from '../shop.js';
import type { Exchange, TillRequest, ToldPayment } from '../wire.js';
import { jsonBody, parse, queryOf } from './parse.js';
import { RefusedRequest } from './problem.js';

/** One request as a route handles it. */
export interface Call {
  readonly exchange: Exchange;
  readonly shop: Shop;
  /** The terminal that it is for. */
  readonly counter: Counter;
  /** What stands in the place of `:name` in the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** By which the till repeats it. */
  readonly key: string | undefined;
  /** What was noted when the same was asked for with the same key. Only of a route that sees to it itself (`repeats: effect`). */
  readonly noted: string | undefined;
  /** Keeps a word by which a repeated request is recognised. */
  note(word: string): void;
  /** `undefined`: no body. What is `told` is noted as told once the answer has left. */
  answer(
    status: number,
    body?: object,
    headers?: Readonly<Record<string, string>>,
    told?: readonly ToldPayment[],
  ): void;
  /** Answers what went wrong. */
  fail(error: unknown): void;
  /** Runs what is left to do later; what it throws is answered. */
  attempt(run: () => void): void;
}

/** One kind of answer of a route. */
export interface AnswerDoc {
  /** In a sentence. */
  readonly about: string;
  readonly schema?: z.ZodType;
  /** Other than `application/json`. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly example?: unknown;
}

/** What is said of a route in the API's description. */
export interface RouteDoc {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `/v1/sales/:id`. Of a terminal's own route there is one more, under `/v1/terminals/:terminal`. */
  readonly path: string;
  /** A name that no other route has: `openSale`. */
  readonly id: string;
  readonly tag: Tag;
  /** In a line. */
  readonly title: string;
  /** More of it, in a paragraph. */
  readonly about?: string;
  /** It is about one terminal, and has one more path with its number in it. */
  readonly ofTerminal: boolean;
  readonly query?: z.ZodObject;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: z.ZodObject;
  readonly bodyType?: string;
  readonly bodyExample?: unknown;
  readonly answers: Readonly<Record<number, AnswerDoc>>;
  /** Its own; those that any request can get are not named. */
  readonly problems: readonly ErrorCode[];
  /** It can be asked without a token. */
  readonly open?: boolean;
}

export const TAGS = {
  sales: 'Money from a customer, what became of it, and the ticket',
  terminals: 'The terminals of this process, and whether they are ready',
  journal: 'What the terminal has written down, and what happens from now on',
  webhooks: 'Events, brought to a URL',
  faults: 'Things that go wrong on purpose',
  more: 'What others than tills come for',
} as const;
export type Tag = keyof typeof TAGS;

export interface Route extends RouteDoc {
  readonly kind: TillKind;
  /**
   * How a repeated key is answered: by the sale that it belongs to; by the answer that was given first; or as it stands,
   * without the effect.
   */
  readonly repeats: 'sale' | 'answer' | 'effect';
  run(call: Call): void;
}

const NOTHING = z.object({});
type Nothing = typeof NOTHING;

interface RouteOptions<Query extends z.ZodObject, Body extends z.ZodObject>
  extends Omit<RouteDoc, 'query' | 'body' | 'ofTerminal'> {
  readonly kind?: TillKind;
  /** Default `answer`. */
  readonly repeats?: Route['repeats'];
  /** Default: it is. */
  readonly ofTerminal?: false;
  readonly query?: Query;
  readonly body?: Body;
  readonly handle: (call: Call, input: { readonly query: z.infer<Query>; readonly body: z.infer<Body> }) => void;
}

/** A route whose handler gets what its schemas have let through. */
export function route<Query extends z.ZodObject = Nothing, Body extends z.ZodObject = Nothing>(
  options: RouteOptions<Query, Body>,
): Route {
  const { handle, kind = 'other', repeats = 'answer', ofTerminal = true, query, body, ...doc } = options;
  return {
    ...doc,
    ofTerminal,
    kind,
    repeats,
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body }),
    run(call) {
      const { request } = call.exchange;
      const given = request.method === 'POST' ? jsonBody(request) : undefined;
      handle(call, {
        // Without a schema there is nothing that the handler could read.
        body: body === undefined ? (NOTHING.parse({}) as z.infer<Body>) : parse(body, given, 'body'),
        query: query === undefined ? (NOTHING.parse({}) as z.infer<Query>) : parse(query, queryOf(request), 'query'),
      });
    },
  };
}

const OF_TERMINAL = '/v1/terminals/:terminal';

/** Every path by which a route is reached. */
export function pathsOf({ path, ofTerminal }: Pick<RouteDoc, 'path' | 'ofTerminal'>): readonly string[] {
  return ofTerminal ? [path, path.replace(/^\/v1/, OF_TERMINAL)] : [path];
}

interface Place {
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly route: Route;
}

export interface Found {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a request by its method and path. */
export class Router {
  readonly #places: readonly Place[];

  constructor(routes: readonly Route[]) {
    this.#places = routes.flatMap((route) => pathsOf(route).map((path) => ({ ...patternOf(path), route })));
  }

  /** Throws `PJ_NOT_FOUND`, `PJ_METHOD` and, for a broken escape, `PJ_REQUEST`. HEAD is answered as GET. */
  find({ method, path }: Pick<TillRequest, 'method' | 'path'>): Found {
    const wanted = method === 'HEAD' ? 'GET' : method;
    const matching = this.#places.filter(({ pattern }) => pattern.test(path));
    // A name that stands in the path goes before one that may stand there.
    const fewest = Math.min(...matching.map(({ names }) => names.length));
    const here = matching.filter(({ names }) => names.length === fewest);
    const place = here.find(({ route }) => route.method === wanted);
    if (place !== undefined) return { route: place.route, params: paramsOf(place, path) };
    const what = `${method} ${path.slice(0, 200)}`;
    if (here.length === 0) throw new PaperjamError('PJ_NOT_FOUND', { what });
    const allowed = [
      ...new Set(here.flatMap(({ route }) => (route.method === 'GET' ? ['GET', 'HEAD'] : route.method))),
    ];
    throw new PaperjamError('PJ_METHOD', { what, allowed: allowed.join(', ') });
  }
}

function patternOf(path: string): Omit<Place, 'route'> {
  const names: string[] = [];
  const source = path.replaceAll(/:(\w+)/g, (_, name: string) => {
    names.push(name);
    return '([^/]*)';
  });
  return { pattern: new RegExp(`^${source}$`), names };
}

function paramsOf({ pattern, names }: Place, path: string): Record<string, string> {
  const values = pattern.exec(path)?.slice(1) ?? [];
  return Object.fromEntries(names.map((name, i) => [name, decoded(values[i] ?? '', path)]));
}

const LONGEST_NAME = 1_000;

function decoded(text: string, path: string): string {
  if (text.length > LONGEST_NAME) {
    throw new RefusedRequest(414, path.slice(0, 200), `a name in it is longer than ${LONGEST_NAME} characters`);
  }
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    const problem = 'it has a % that begins no escape';
    throw new PaperjamError('PJ_REQUEST', { what: path.slice(0, 200), problem }, { cause });
  }
}
