import '../sweep/gates.js'; // Before anything else.

/** What each worker thread of exhaustive mode runs: see `run.ts`. */
export { playBatch as default } from './batch.js';
