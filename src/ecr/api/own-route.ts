import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { counterOf } from '../../till/api/counter-of.js';
import { pathsOf, type RouteDoc } from '../../till/api/route.js';
import type { Counter } from '../../till/counter.js';
import type { Shop } from '../../till/shop.js';

/** A route that the face cannot answer: it streams, it is no text, or it is for browsers. */
export interface OwnRoute extends RouteDoc {
  /** Where the path in the description is another than fastify's. */
  readonly at?: string;
  /** Default: it has one, if it is a GET. */
  readonly head?: false;
  serve(request: FastifyRequest, reply: FastifyReply, counter: Counter): unknown;
}

export function serveOwn(app: FastifyInstance, shop: Shop, routes: readonly OwnRoute[]): void {
  for (const route of routes) {
    for (const path of route.at === undefined ? pathsOf(route) : [route.at]) {
      app.route({
        url: path,
        method: route.method as HTTPMethods, // Fastify's wider list.
        exposeHeadRoute: route.head ?? true,
        config: { open: route.open ?? false },
        handler: (request, reply) => route.serve(request, reply, counterOf(shop, paramsOf(request))),
      });
    }
  }
}

export function paramsOf({ params }: FastifyRequest): Readonly<Record<string, string>> {
  return params as Record<string, string>; // Fastify decodes them from the path.
}
