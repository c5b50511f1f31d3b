import type { ToldFailure } from './failure-text.js';

/** Failures that are told in full: the first of each kind and oracle, and some more of the first ones. */
const TOLD = 5;

/** The first failure of each kind and oracle. */
export function distinct<Failed extends ToldFailure>(failures: readonly Failed[]): Failed[] {
  const first = new Map<string, Failed>();
  for (const failure of failures) {
    const key = `${failure.kind} ${failure.oracle}`;
    if (!first.has(key)) first.set(key, failure);
  }
  return [...first.values()];
}

/** Those that are told in full, in the order in which they were found. */
export function toldInFull<Failed extends ToldFailure>(failures: readonly Failed[]): Failed[] {
  const told = new Set(distinct(failures));
  for (const failure of failures) {
    if (told.size >= TOLD) break;
    told.add(failure);
  }
  return failures.filter((failure) => told.has(failure));
}
