import type { SweepProfile } from '../../profile.js';

/**
 * Marks that must be seen, each with the number of runs of a profile within which it must be: twenty times as many as it
 * takes on the average (measured over 1,500 to 12,000 runs of each profile), and rounded up, so that a sweep which is healthy misses
 * one of three hundred about once in ten million times. A profile that has no number for a mark need not see it.
 */
export type Within = Readonly<Record<string, Partial<Record<SweepProfile, number>>>>;
