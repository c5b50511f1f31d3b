import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { PaperjamError } from '../../base/errors.js';
import { answerOf, PROBLEM_TYPE, type Problem, problemOf, RefusedRequest } from '../../till/api/problem.js';
import type { TillAnswer } from '../../till/wire.js';

/**
 * Answers an error as `application/problem+json`. What is not raised on purpose is a bug: the client learns only that,
 * and `bug` is told the rest.
 */
export function sendProblem(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
  bug: (error: Error) => void,
): FastifyReply {
  const status = 'statusCode' in error ? error.statusCode : undefined;
  if (error instanceof PaperjamError) return send(reply, problemOf(error));
  if (status !== undefined && status >= 400 && status < 500) {
    const what = `${request.method} ${request.url.slice(0, 200)}`;
    return send(reply, problemOf(new RefusedRequest(status, what, problemWords(status, request, error.message))));
  }
  bug(error);
  return send(reply, problemOf(new PaperjamError('PJ_INTERNAL')));
}

/** What is said to bytes that are no request. */
export function bytesProblem(status: number, problem: string): TillAnswer {
  return answerOf(problemOf(new RefusedRequest(status, 'as it came', problem)));
}

function send(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type(PROBLEM_TYPE).send(problem);
}

function problemWords(status: number, { headers, routeOptions }: FastifyRequest, words: string): string {
  if (status === 413) return `its body is larger than ${routeOptions.bodyLimit} bytes`;
  if (status !== 415) return words;
  return `its content type is ${headers['content-type'] ?? 'not given'}, allowed is application/json`;
}
