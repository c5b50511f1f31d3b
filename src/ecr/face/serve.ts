import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Shop } from '../../till/shop.js';
import type { TillFace } from '../../till/wire.js';
import { type MountOptions, mountFace, refuseError } from './mount.js';
import { type DoorOptions, type OpenApp, openApp } from './open-app.js';

export interface FaceOptions extends DoorOptions, Pick<MountOptions, 'busy' | 'left'> {
  /** The terminals that the face is about: their journals note whether an answer got through. */
  readonly shop: Shop;
}

export type ServedFace = OpenApp;

/** Serves a face over HTTP, or HTTPS. The face itself is closed by whoever made it. Throws `PJ_PORT_IN_USE`, `PJ_LISTEN`. */
export function serveFace(face: TillFace, options: FaceOptions): Promise<ServedFace> {
  const { shop, busy, left, bug = (error) => console.error(error) } = options;
  const refusals = {
    error: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      refuseError(face, error, request, reply, bug),
    bytes: (status: number, problem: string) => face.refuse(status, problem),
  };
  return openApp(options, refusals, (app, sockets, limits) => {
    mountFace(app, face, { shop, sockets, readMs: limits.arrivalMs, busy, left, bug });
  });
}
