import { oneLine } from '../../base/one-line.js';
import type { OracleName } from '../../oracles/oracle.js';
import { grouped } from './words.js';

const WORDS_KEPT = 300;

/** A run that failed, as far as it is told. */
export interface ToldFailure {
  readonly kind: string;
  readonly oracle?: OracleName;
  readonly says: string;
  readonly id: string;
}

/** In a line. */
export function failureText({ kind, oracle, says, id }: ToldFailure): string {
  const what = oracle === undefined ? kind : `${kind} (${oracle})`;
  return `${what}  ${id}: ${oneLine(says).slice(0, WORDS_KEPT)}`;
}

/** The same with the beginning of a stack of calls. */
export function failureHead(failure: ToldFailure): string[] {
  const [first = '', ...rest] = failure.says.split('\n');
  return [failureText({ ...failure, says: first }), ...rest.slice(0, 5).map((line) => `  ${line.trim()}`)];
}

/** `none`, or how many of each kind. */
export function failedText(failed: ReadonlyMap<string, number>): string {
  return failed.size === 0 ? 'none' : [...failed].map(([kind, times]) => `${grouped(times)} ${kind}`).join(', ');
}
