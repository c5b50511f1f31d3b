import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Undo } from '../../ports/undo.js';
import type { Shop } from '../../till/shop.js';
import type { TillFace } from '../../till/wire.js';
import { mountFace, refuseError } from './mount.js';
import { type DoorOptions, type OpenApp, openApp } from './open-app.js';

export interface FaceOptions extends DoorOptions {
  /** The terminals that the face is about: their journals note whether an answer got through. */
  readonly shop: Shop;
  /** Called when a request has come in; what it gives back, when that is answered or its till has gone. */
  readonly busy?: (() => Undo) | undefined;
}

export type ServedFace = OpenApp;

/** Serves a face over HTTP, or HTTPS. The face itself is closed by whoever made it. Throws `PJ_PORT_IN_USE`, `PJ_LISTEN`. */
export function serveFace(face: TillFace, options: FaceOptions): Promise<ServedFace> {
  const { shop, busy, bug = (error) => console.error(error) } = options;
  const refusals = {
    error: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      refuseError(face, error, request, reply, bug),
    bytes: (status: number, problem: string) => face.refuse(status, problem),
  };
  return openApp(options, refusals, (app, sockets, limits) => {
    mountFace(app, face, { shop, sockets, readMs: limits.arrivalMs, busy, bug });
  });
}
