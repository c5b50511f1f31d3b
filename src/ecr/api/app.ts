import type { FastifyReply, FastifyRequest } from 'fastify';
import { PaperjamError } from '../../base/errors.js';
import { refuseOtherMethods } from '../face/door.js';
import { type DoorOptions, type OpenApp, openApp } from '../face/open-app.js';
import { bytesProblem, sendProblem } from './problems.js';

export type AppOptions = DoorOptions;

export type ServedApp = OpenApp;

/** Serves routes over HTTP with the house's manners, and errors as problems. Throws `PJ_PORT_IN_USE`, `PJ_LISTEN`. */
export function serveApp(options: AppOptions, routes: Parameters<typeof openApp>[2]): Promise<ServedApp> {
  const { bug = (error) => console.error(error) } = options;
  const refusals = {
    error: (error: Error, request: FastifyRequest, reply: FastifyReply) => void sendProblem(error, request, reply, bug),
    bytes: bytesProblem,
  };
  return openApp(options, refusals, (app, sockets, limits) => {
    app.removeContentTypeParser('text/plain');
    app.setNotFoundHandler(({ method, url }) => {
      throw new PaperjamError('PJ_NOT_FOUND', { what: `${method} ${url.slice(0, 200)}` });
    });
    const closeDoor = refuseOtherMethods(app);
    routes(app, sockets, limits);
    closeDoor();
  });
}
