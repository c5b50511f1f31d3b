import { type ErrorCode, PaperjamError } from '../../base/errors.js';
import type { PlatformWords } from '../../ports/acquirer.js';
import { asWords } from './fields.js';

/** Why there is no answer of the platform that can be believed. */
export type PlatformFailure = Extract<ErrorCode, `PJ_PLATFORM_${string}`>;

/** The same in words for the journal. `raw` is what was sent: evidence, kept short and on one line. */
export function failure(code: PlatformFailure, gateway: string, problem: string, raw = ''): PlatformWords {
  const said = raw === '' ? '' : ` It sent: ${raw.slice(0, 300).replaceAll(/\s+/g, ' ')}`;
  const { words } = asWords(new PaperjamError(code, { gateway, problem }));
  return { code, words: `${words}${said}` };
}

/** What is wrong with a body that is no answer, in the SDK's own word for it. */
export function garbage(gateway: string, raw: string | undefined, problem = 'Response 格式错误'): PlatformWords {
  return failure('PJ_PLATFORM_GARBAGE', gateway, raw === undefined || raw === '' ? 'it is empty' : problem, raw);
}
