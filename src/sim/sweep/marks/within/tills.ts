import type { Within } from './bounds.js';

/** What befalls tills, and what they are told for good, in each protocol. */
export const TILLS_WITHIN: Within = {
  'fault till.request-lost': { swarm: 2_000, storm: 1_000, tills: 500 },
  'fault till.request-late': { swarm: 2_000, storm: 1_000, tills: 500 },
  'fault till.request-twice': { swarm: 2_000, storm: 1_000, tills: 500 },
  'fault till.busy': { swarm: 2_000, storm: 1_000, tills: 500 },
  'fault till.reset': { swarm: 2_000, storm: 1_000, tills: 500 },
  'fault till.answer-lost': { swarm: 2_000, storm: 1_000, tills: 500 },
  'fault till.answer-late': { swarm: 2_000, storm: 1_000, tills: 500 },
  'fault till.half-answer': { swarm: 2_000, storm: 1_000, tills: 500 },
  'fault till.empty-answer': { swarm: 2_000, storm: 2_000, tills: 500 },
  'fault till.garbage-answer': { swarm: 2_000, storm: 2_000, tills: 500 },
  'fault till.answer-twice': { swarm: 2_000, storm: 1_000, tills: 500 },
  'till api paid': { swarm: 1_000, storm: 1_000, tills: 200 },
  'till api not-paid': { swarm: 1_000, storm: 500, tills: 200 },
  'till api reversed': { swarm: 5_000, storm: 10_000, tills: 2_000 },
  'till nexo paid': { swarm: 1_000, storm: 2_000, tills: 500 },
  'till nexo not-paid': { swarm: 1_000, storm: 1_000, tills: 500 },
  'till nexo reversed': { swarm: 5_000, tills: 5_000 },
  'till square paid': { swarm: 1_000, storm: 1_000, tills: 100 },
  'till square not-paid': { swarm: 500, storm: 500, tills: 200 },
  'till square reversed': { swarm: 5_000, storm: 5_000, tills: 1_000 },
  'till stripe paid': { swarm: 1_000, storm: 2_000, tills: 200 },
  'till stripe not-paid': { swarm: 500, storm: 1_000, tills: 200 },
  'till stripe reversed': { swarm: 5_000, storm: 10_000, tills: 1_000 },
};
