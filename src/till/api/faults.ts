import { z } from 'zod';
import { PaperjamError } from '../../base/errors.js';
import { findFault } from '../../faults/board.js';
import { FAULTS } from '../../faults/catalogue.js';
import { explainFault } from '../../faults/explain.js';
import type { FaultRecord } from '../../faults/fault.js';
import { type Route, route } from './route.js';
import { FAULT_REQUEST } from './schemas.js';
import { FAULT_FACTS_VIEW, FAULT_VIEW, faultView } from './views.js';

/** Which faults there are; putting them in, seeing which are in, and taking them out. */
export const FAULT_ROUTES: readonly Route[] = [
  route({
    method: 'POST',
    path: '/v1/faults',
    id: 'putFault',
    tag: 'faults',
    title: 'Let something go wrong',
    body: FAULT_REQUEST,
    bodyExample: { fault: 'printer.paper-out', when: { line: 3 } },
    answers: {
      201: { about: 'It is in', schema: FAULT_VIEW, headers: { location: 'where it is taken out' } },
    },
    problems: ['PJ_FAULT_UNKNOWN', 'PJ_FAULT_FIELD', 'PJ_FAULT_IMPOSSIBLE'],
    handle(call, { body }) {
      const record: FaultRecord = body;
      const view = faultView(call.counter.world.faults.put(record));
      const { terminal } = call.params;
      const of = terminal === undefined ? '' : `/terminals/${encodeURIComponent(terminal)}`;
      call.answer(201, view, { location: `/v1${of}/faults/${view.id}` });
    },
  }),
  route({
    method: 'GET',
    path: '/v1/faults',
    id: 'listFaults',
    tag: 'faults',
    title: 'The faults that are in',
    answers: {
      200: { about: 'In the order in which they were put in', schema: z.strictObject({ faults: z.array(FAULT_VIEW) }) },
    },
    problems: [],
    handle: (call) => call.answer(200, { faults: call.counter.world.faults.active().map(faultView) }),
  }),
  route({
    method: 'DELETE',
    path: '/v1/faults/:id',
    id: 'clearFault',
    tag: 'faults',
    title: 'Take a fault out',
    answers: { 204: { about: 'It is out' } },
    problems: ['PJ_NOT_FOUND'],
    handle(call) {
      const { id = '' } = call.params;
      if (!call.counter.world.faults.clear(id)) throw new PaperjamError('PJ_NOT_FOUND', { what: `fault ${id}` });
      call.answer(204);
    },
  }),
  route({
    method: 'GET',
    path: '/v1/faults/catalogue',
    id: 'listFaultCatalogue',
    tag: 'faults',
    title: 'Every fault there is',
    ofTerminal: false,
    answers: { 200: { about: 'The catalogue', schema: z.strictObject({ faults: z.array(FAULT_FACTS_VIEW) }) } },
    problems: [],
    handle: (call) => call.answer(200, { faults: FAULTS.map(explainFault) }),
  }),
  route({
    method: 'GET',
    path: '/v1/faults/catalogue/:name',
    id: 'getFaultFacts',
    tag: 'faults',
    title: 'One fault of the catalogue',
    ofTerminal: false,
    answers: { 200: { about: 'What it does, and what it takes', schema: FAULT_FACTS_VIEW } },
    problems: ['PJ_FAULT_UNKNOWN'],
    handle: (call) => call.answer(200, explainFault(findFault(call.params.name ?? ''))),
  }),
];
