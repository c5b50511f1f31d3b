import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';

/**
 * The first thing that is wrong with a file, a request or a record, for people: where it is, what is wrong, and what
 * would be right. Values are told if zod was asked to report them.
 */
export function firstProblem(
  { issues: [issue] }: { readonly issues: readonly z.core.$ZodIssue[] },
  schema: z.ZodObject,
): { path: string; problem: string } {
  if (issue === undefined) return { path: 'its top', problem: 'it does not fit' };
  const path = issue.path.join('.') || 'its top';
  if (issue.code !== 'unrecognized_keys') {
    const given = issue.input === undefined ? '' : ` (given: ${short(JSON.stringify(issue.input))})`;
    return { path, problem: `${issue.message}${given}` };
  }
  const allowed = keysAt(schema, issue.path);
  const [unknown = ''] = issue.keys;
  const near = nearest(unknown, allowed);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  return { path, problem: `there is no key ${unknown}${hint} (allowed: ${allowed.join(', ')})` };
}

function short(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 80)}…`;
}

function keysAt(schema: z.ZodObject, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema;
  for (const step of path) at = shapeOf(at)?.[String(step)];
  return Object.keys(shapeOf(at) ?? {});
}

/** The fields of a schema, through the defaults, options and transforms around it. */
function shapeOf(schema: unknown): Record<string, unknown> | undefined {
  let at = schema as { shape?: Record<string, unknown>; def?: { innerType?: unknown; in?: unknown } } | undefined; // zod's own shape of a schema
  while (at !== undefined && at.shape === undefined) at = (at.def?.innerType ?? at.def?.in) as typeof at;
  return at?.shape;
}

/** The allowed word that is at most a third of its letters away. */
export function nearest(word: string, allowed: readonly string[]): string | undefined {
  if (allowed.length === 0) return undefined;
  const best = closest(word, allowed);
  return distance(word.toLowerCase(), best.toLowerCase()) <= Math.ceil(word.length / 3) ? best : undefined;
}
