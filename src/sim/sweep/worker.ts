import './gates.js'; // Before anything else.

/** What each worker thread of a sweep runs: see `pool.ts`. */
export { playBatch as default } from './batch.js';
