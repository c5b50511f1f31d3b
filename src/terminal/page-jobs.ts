import type { JournalRecord } from './journal/record.js';

/** By which the job of a page is known. */
export const PAGE_JOB = 'page/';

/** Pages of which nobody has written down how they ended. */
export function openPages(records: Iterable<JournalRecord>): string[] {
  const open = new Set<string>();
  for (const record of records) {
    if (record.kind !== 'page') continue;
    if (record.phase === 'begun') open.add(record.jobId);
    else open.delete(record.jobId);
  }
  return [...open];
}

/** Every page that was ever begun: a till that repeats itself gets no second one. */
export class PageJobs {
  readonly #known = new Set<string>();

  constructor(records: Iterable<JournalRecord>) {
    for (const record of records) if (record.kind === 'page') this.#known.add(record.jobId);
  }

  has(jobId: string): boolean {
    return this.#known.has(jobId);
  }

  add(jobId: string): void {
    this.#known.add(jobId);
  }
}
