/** What each worker thread runs that shrinks: see `keep.ts`. */
export { shrinkTask as default } from './task.js';
