import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers';

/** What a package may keep from the moment that it is loaded. */
export const kept = {
  random: Math.random,
  Date,
  now: Date.now,
  performanceNow: performance.now.bind(performance),
  hrtime: process.hrtime,
  setTimeout,
  randomBytes,
};
