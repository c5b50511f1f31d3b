import { FAULT_NAMES } from '../../../faults/catalogue.js';
import { placeOf } from '../../../faults/explain.js';
import { failedText } from '../../report/failure-text.js';
import { toldInFull } from '../../report/told.js';
import { grouped, hoursText } from '../../report/words.js';
import { type Kept, keptLines } from '../../shrink/keep.js';
import type { Coverage, GroupCoverage } from '../marks/coverage.js';
import type { MarkGroup } from '../marks/known.js';
import type { RunSource } from '../source.js';
import type { Totals } from '../totals.js';
import { failureLines } from './failures.js';

const NAMED = 6;

const GROUP_WORDS: Readonly<Record<MarkGroup, string>> = {
  fault: 'faults that bit',
  state: 'states of the terminal',
  transition: 'transitions of its machine',
  recovery: 'ways of a recovery',
  payment: 'payments told',
  ticket: 'tickets told',
  cause: 'causes told',
  till: 'final words to tills',
};

export interface SummaryParts {
  readonly totals: Totals;
  readonly coverage: Coverage;
  readonly source: RunSource;
  readonly tookMs: number;
  /** It was ended before it was through. */
  readonly stopped: boolean;
  /** What became of failures that were shrunk, by their ids. */
  readonly kept?: ReadonlyMap<string, Kept>;
}

/** What a sweep has to say in the end. */
export function summaryLines(parts: SummaryParts): string[] {
  const { totals, coverage, source, tookMs, stopped, kept = new Map<string, Kept>() } = parts;
  const { runs, sales, virtualMs, records, repeated, failures, failuresInAll } = totals;
  const told = toldInFull(failures);
  const untold = failuresInAll - told.length;
  return [
    ...told.flatMap((failure) => ['', ...failureLines(failure, source), ...keptLines(kept.get(failure.id))]),
    ...(untold > 0 ? ['', `… and ${grouped(untold)} more`] : []),
    '',
    ...placeTable(totals),
    '',
    ...coverage.groups.flatMap(groupLines),
    ...coverage.missed.map(({ mark, within }) => `not seen, and has to be within ${grouped(within)} runs: ${mark}`),
    '',
    `${stopped ? 'stopped: ' : ''}${grouped(runs)} runs, ${grouped(sales)} sales, ${hoursText(virtualMs)} simulated, ` +
      `${grouped(records)} journal records, ${grouped(totals.faultsBitten)} faults bit; ${grouped(repeated)} runs done twice`,
    `${(tookMs / 1_000).toFixed(1)} s, ${(tookMs / Math.max(runs, 1)).toFixed(1)} ms a run`,
    `failed: ${failedText(totals.failed)}`,
    `seed ${source.first}, profile ${source.profile}, hash ${totals.hash}`,
  ];
}

/** How many kinds of faults of each place struck, and how many faults. */
function placeTable({ faults }: Totals): string[] {
  const places = [...new Set(FAULT_NAMES.map(placeOf))];
  const rows = places.map((place) => {
    const kinds = FAULT_NAMES.filter((name) => placeOf(name) === place);
    const bit = kinds.filter((name) => faults.has(name));
    const times = bit.reduce((sum, name) => sum + (faults.get(name) ?? 0), 0);
    return [place, `${bit.length} of ${kinds.length}`, grouped(times)] as const;
  });
  return [['place', 'kinds', 'times they bit'] as const, ...rows].map(
    ([place, kinds, times]) => `  ${place.padEnd(10)}${kinds.padStart(9)}${times.padStart(16)}`,
  );
}

function groupLines({ group, of, seen, notSeen }: GroupCoverage): string[] {
  const some = notSeen.slice(0, NAMED).join(', ');
  const more = notSeen.length - NAMED;
  return [
    `  ${GROUP_WORDS[group].padEnd(27)}${`${seen.length} of ${of}`.padStart(10)}` +
      (notSeen.length === 0 ? '' : `   not seen: ${some}${more > 0 ? ` and ${more} more` : ''}`),
  ];
}
