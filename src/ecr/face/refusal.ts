import type { FastifyRequest } from 'fastify';
import { PaperjamError } from '../../base/errors.js';
import { statusOf } from '../../till/api/problem.js';

/** What an error means to the client, as a status and in words. Of a bug the client learns nothing more, `bug` does. */
export function wordsOf(
  error: Error,
  request: FastifyRequest,
  bug: (error: Error) => void,
): { readonly status: number; readonly problem: string } {
  if (error instanceof PaperjamError) return { status: statusOf(error), problem: error.message };
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status >= 400 && status < 500) return { status, problem: problemWords(status, request, error.message) };
  bug(error);
  return { status: 500, problem: new PaperjamError('PJ_INTERNAL').message };
}

function problemWords(status: number, { headers, routeOptions }: FastifyRequest, words: string): string {
  if (status === 413) return `its body is larger than ${routeOptions.bodyLimit} bytes`;
  if (status === 415) return `its content type ${headers['content-type']} is none`;
  return words;
}
