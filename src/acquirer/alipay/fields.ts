import { PaperjamError } from '../../base/errors.js';
import type { PlatformWords } from '../../ports/acquirer.js';

/** A field of an answer, if it is there and is text. The vendor sends every scalar as text. */
export function textOf(response: object, name: string): string | undefined {
  const value: unknown = Object.hasOwn(response, name) ? Reflect.get(response, name) : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The platform's own words: sub code before code, sub message before message. */
export function wordsOf(response: object): PlatformWords {
  const code = textOf(response, 'sub_code') ?? textOf(response, 'code');
  if (code === undefined) return unusable('it has no code');
  return { code, words: textOf(response, 'sub_msg') ?? textOf(response, 'msg') ?? '' };
}

/** An answer that is signed and yet cannot be what was asked for. */
export function unusable(problem: string): PlatformWords {
  return asWords(new PaperjamError('PJ_PLATFORM_ANSWER', { problem }));
}

/** An error of ours, as a platform's answer would say it. */
export function asWords(error: PaperjamError): PlatformWords {
  return { code: error.code, words: error.message };
}

/** `12.80`, `12.8` or `12` in fen; anything else is `undefined`. */
export function fenOf(yuan: string | undefined): number | undefined {
  const match = /^(\d{1,10})(?:\.(\d\d?))?$/.exec(yuan ?? '');
  return match === null ? undefined : Number(`${match[1]}${(match[2] ?? '').padEnd(2, '0')}`);
}

/** `2014-11-27 15:45:57`: Alipay tells times in Beijing's zone and does not say so. */
export function beijingTimeMs(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return undefined;
  const ms = Date.parse(`${text.replace(' ', 'T')}+08:00`);
  return Number.isNaN(ms) ? undefined : ms;
}
