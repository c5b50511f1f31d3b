import type { Seen } from '../batch.js';
import type { SweepProfile } from '../profile.js';
import { exemption } from './exempt.js';
import { KNOWN, MARK_GROUPS, type MarkGroup } from './known.js';
import { WITHIN } from './within.js';

/** Something that should have been seen, and was not. */
export interface MissedMark {
  readonly mark: string;
  /** Within so many runs it has to be seen. */
  readonly within: number;
}

/** What a sweep has seen of one kind of things. */
export interface GroupCoverage {
  readonly group: MarkGroup;
  readonly of: number;
  /** How many runs saw each, the rarest first. */
  readonly seen: readonly { readonly name: string; readonly runs: number }[];
  readonly notSeen: readonly string[];
}

export interface Coverage {
  readonly groups: readonly GroupCoverage[];
  /** A sweep that is long enough for them, and has not seen them, has failed. */
  readonly missed: readonly MissedMark[];
  /** What was not seen and need not be, and why. */
  readonly exempt: readonly { readonly mark: string; readonly why: string }[];
}

export function coverageOf(marks: ReadonlyMap<string, Seen>, runs: number, profile: SweepProfile): Coverage {
  const groups = MARK_GROUPS.map((group): GroupCoverage => {
    const counted = KNOWN[group].map((name) => ({ name, runs: marks.get(`${group} ${name}`)?.runs ?? 0 }));
    return {
      group,
      of: counted.length,
      seen: counted.filter((one) => one.runs > 0).sort((a, b) => a.runs - b.runs),
      notSeen: counted.flatMap((one) => (one.runs > 0 ? [] : [one.name])),
    };
  });
  const missed = Object.entries(WITHIN).flatMap(([mark, by]): MissedMark[] => {
    const within = by[profile];
    return within === undefined || within > runs || marks.has(mark) ? [] : [{ mark, within }];
  });
  const exempt = groups.flatMap(({ group, notSeen }) =>
    notSeen.flatMap((name) => {
      const mark = `${group} ${name}`;
      const why = WITHIN[mark] === undefined ? exemption(mark) : undefined;
      return why === undefined ? [] : [{ mark, why }];
    }),
  );
  return { groups, missed, exempt };
}
