/** What kind of runs a sweep draws. */
export const SWEEP_PROFILES = ['swarm', 'calm', 'storm', 'tills'] as const;

/**
 * `swarm`: a few faults, of which some kinds are off in each run and the others wildly weighted; `calm`: many sales and
 * hardly a fault; `storm`: many faults at once, restarts, and a terminal with little patience; `tills`: a swarm in which a
 * till asks for each sale, in each protocol in its turn, and its line has faults too.
 */
export type SweepProfile = (typeof SWEEP_PROFILES)[number];

/** Least and most, both included. */
export type Range = readonly [least: number, most: number];

/** What a profile makes of the draws. Shares are of 100. */
export interface Manners {
  readonly sales: Range;
  readonly faults: Range;
  /** Runs without any fault. */
  readonly faultless: number;
  /** Kinds of faults, and of things that people do, that are off in a run. */
  readonly off: number;
  /** Things that people do behind each sale. */
  readonly deeds: Range;
  /** Runs whose timings are not those of every day. */
  readonly oddTimings: number;
  /** By how much such a timing is shorter or longer at most. */
  readonly shorter: number;
  readonly longer: number;
  /** How long a sale is mostly left alone, in ms. */
  readonly pauseMs: Range;
  /** Runs in which a till asks for the sales. */
  readonly tills: number;
  /** Faults on its line. */
  readonly tillFaults: Range;
}

export const MANNERS: Readonly<Record<SweepProfile, Manners>> = {
  swarm: {
    sales: [1, 4],
    faults: [1, 5],
    faultless: 5,
    off: 50,
    deeds: [0, 3],
    oddTimings: 40,
    shorter: 10,
    longer: 3,
    pauseMs: [2_000, 60_000],
    tills: 25,
    tillFaults: [0, 4],
  },
  calm: {
    sales: [5, 16],
    faults: [1, 1],
    faultless: 60,
    off: 50,
    deeds: [0, 1],
    oddTimings: 10,
    shorter: 2,
    longer: 2,
    pauseMs: [8_000, 30_000],
    tills: 25,
    tillFaults: [0, 0],
  },
  storm: {
    sales: [1, 4],
    faults: [3, 12],
    faultless: 0,
    off: 30,
    deeds: [0, 5],
    oddTimings: 70,
    shorter: 50,
    longer: 2,
    pauseMs: [500, 30_000],
    tills: 25,
    tillFaults: [2, 6],
  },
  tills: {
    sales: [1, 4],
    faults: [0, 3],
    faultless: 30,
    off: 40,
    deeds: [0, 2],
    oddTimings: 30,
    shorter: 10,
    longer: 3,
    pauseMs: [1_000, 60_000],
    tills: 100,
    tillFaults: [0, 4],
  },
};
