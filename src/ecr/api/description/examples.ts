import { readFileSync } from 'node:fs';
import { z } from 'zod';

const EXAMPLE = z.strictObject({
  /** The name of its route. */
  of: z.string(),
  path: z.string(),
  request: z.json().optional(),
  status: z.int(),
  answer: z.json().optional(),
});

/** One exchange as it really was. */
export type Example = z.infer<typeof EXAMPLE>;

let read: Readonly<Record<string, Example>> | undefined;

/**
 * By the names of the routes. All of them happened, in this order, at the terminal of a simulation: a test makes them
 * happen again, and writes the file anew when it is told to (`vitest -u`).
 */
export function examples(): Readonly<Record<string, Example>> {
  read ??= Object.fromEntries(
    readFileSync(new URL('./examples.jsonl', import.meta.url), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => EXAMPLE.parse(JSON.parse(line)))
      .map((example) => [example.of, example]),
  );
  return read;
}
