import type { SweepProfile } from '../profile.js';

/** Within how many runs of each profile a mark has to be seen. */
export const WITHIN: Readonly<Record<string, Partial<Record<SweepProfile, number>>>> = {};
