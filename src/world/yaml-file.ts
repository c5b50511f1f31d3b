import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { type ErrorCode, PaperjamError } from '../base/errors.js';
import { firstProblem } from '../base/problem.js';

type YamlError = Extract<ErrorCode, 'PJ_CONFIG' | 'PJ_DEVICE' | 'PJ_PLAN'>;

/** Reads a YAML file by a schema. Throws what `parseYamlFile` and `checkYaml` do. */
export function readYamlFile<Schema extends z.ZodObject>(
  file: string,
  schema: Schema,
  code: YamlError,
): z.infer<Schema> {
  return checkYaml(parseYamlFile(file, code), file, schema, code);
}

/** Throws the given error, whose message names the file, the place in it, the value and what is allowed. */
export function checkYaml<Schema extends z.ZodObject>(
  value: unknown,
  file: string,
  schema: Schema,
  code: YamlError,
): z.infer<Schema> {
  const parsed = schema.safeParse(mappingOf(value, file, code), { reportInput: true });
  if (!parsed.success) throw new PaperjamError(code, { file, ...firstProblem(parsed.error, schema) });
  return parsed.data;
}

/** The same for any mapping, whatever its keys are. */
export function mappingOf(value: unknown, file: string, code: YamlError): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new PaperjamError(code, { file, path: 'its top', problem: 'it must be a mapping of keys' });
}

/**
 * What a YAML file says, whatever that is; a file that says nothing is an empty mapping. Throws the given error. Aliases
 * are bounded, so that a small file cannot grow into a large value.
 */
export function parseYamlFile(file: string, code: YamlError): unknown {
  const fail = (path: string, problem: string, cause?: unknown) =>
    new PaperjamError(code, { file, path, problem }, { cause });
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw fail('its top', missing ? 'there is no such file' : `it cannot be read (${String(cause)})`, cause);
  }
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) {
    const [at] = error.linePos ?? [];
    throw fail(at === undefined ? 'its top' : `line ${at.line}, column ${at.col}`, error.message.split('\n')[0] ?? '');
  }
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch (cause) {
    throw fail('its aliases', cause instanceof Error ? cause.message : String(cause), cause);
  }
}
