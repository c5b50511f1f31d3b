import type { FastifyInstance } from 'fastify';
import { PaperjamError } from '../../base/errors.js';
import { findFault } from '../../faults/board.js';
import { FAULTS } from '../../faults/catalogue.js';
import { explainFault } from '../../faults/explain.js';
import type { FaultRecord } from '../../faults/fault.js';
import { parse } from '../../till/api/parse.js';
import { FAULT_REQUEST, ID_PARAMS } from '../../till/api/schemas.js';
import { faultView } from '../../till/api/views.js';
import type { World } from '../../world/world.js';

/** Which faults there are; putting them in, seeing which are in, and taking them out. */
export function serveFaults(app: FastifyInstance, world: Pick<World, 'faults'>): void {
  app.post('/v1/faults', (request, reply) => {
    const record: FaultRecord = parse(FAULT_REQUEST, request.body, 'body');
    const view = faultView(world.faults.put(record));
    return reply.code(201).header('location', `/v1/faults/${view.id}`).send(view);
  });
  app.get('/v1/faults', () => ({ faults: world.faults.active().map(faultView) }));
  app.get('/v1/faults/catalogue', () => ({ faults: FAULTS.map(explainFault) }));
  app.get('/v1/faults/catalogue/:id', (request) =>
    explainFault(findFault(parse(ID_PARAMS, request.params, 'path').id)),
  );
  app.delete('/v1/faults/:id', (request, reply) => {
    const id = parse(ID_PARAMS, request.params, 'path').id;
    if (!world.faults.clear(id)) throw new PaperjamError('PJ_NOT_FOUND', { what: `fault ${id}` });
    return reply.code(204).send();
  });
}
