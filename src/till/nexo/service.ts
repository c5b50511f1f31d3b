import type { z } from 'zod';
import type { TillKind } from '../../ports/till-faults.js';
import type { Call } from './call.js';
import { failure, problemOf, type Response, read } from './message.js';

/** What the terminal does for messages of one category. */
export interface Service {
  /** The category, as the header names it. */
  readonly category: string;
  readonly kind: TillKind;
  /** The names of the bodies. Without a response (Abort), what cannot be done is rejected. */
  readonly request: string;
  readonly response: string | undefined;
  serve(call: Call, body: unknown): void;
  /** The body of the response when all that is to say is that it did not come about. */
  failed(response: Response, body: unknown): object;
}

export interface ServiceParts<Schema extends z.ZodType> {
  readonly category: string;
  /** Default `other`. */
  readonly kind?: TillKind;
  readonly schema: Schema;
  /** Default `true`. */
  readonly responds?: boolean;
  serve(call: Call, body: z.infer<Schema>): void;
  /** Default: the response and nothing else. `body` is what was sent, whatever that is. */
  failed?(response: Response, body: unknown): object;
}

/** A service that hears only of bodies which fit; the others are answered with MessageFormat, naming place and value. */
export function service<Schema extends z.ZodType>(parts: ServiceParts<Schema>): Service {
  const { category, kind = 'other', schema, responds = true, serve } = parts;
  const { failed = (response: Response) => ({ Response: response }) } = parts;
  const request = `${category}Request`;
  return {
    category,
    kind,
    request,
    response: responds ? `${category}Response` : undefined,
    failed,
    serve(call, body) {
      const parsed = read(schema, body);
      if (parsed.success) serve(call, parsed.data);
      else refuse(call, responds, problemOf(parsed.error, request), (response) => failed(response, body));
    },
  };
}

function refuse(call: Call, responds: boolean, message: string, failed: (response: Response) => object): void {
  if (responds) call.answer(failed(failure('MessageFormat', { message })));
  else call.reject(message);
}
