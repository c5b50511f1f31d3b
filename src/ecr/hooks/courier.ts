import { type ClientRequest, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { rootCertificates } from 'node:tls';
import type { Courier, CourierResult } from '../../till/courier.js';

/** Nobody reads what a receiver answers beside its status; a small body is taken so that it can say it in peace. */
const MOST_ANSWER_BYTES = 64 * 1024;

export interface HttpCourierOptions {
  /** Certificates, in PEM, that are trusted beside those of the system: for a receiver with one of its own making. */
  readonly ca?: string | undefined;
}

/**
 * Posts over HTTP and HTTPS. It follows no redirect: a signed event goes where it was meant to, or nowhere. Each post has a
 * connection of its own, so that one which a receiver has left half open harms no other.
 */
export function createHttpCourier({ ca }: HttpCourierOptions = {}): Courier {
  return {
    post(url, headers, body, timeoutMs, done) {
      let over = false;
      const end = (result: CourierResult) => {
        if (!over) done(result);
        over = true;
      };
      let request: ClientRequest | undefined;
      const timer = setTimeout(() => {
        end({ failure: `no answer in ${timeoutMs} ms` });
        request?.destroy();
      }, timeoutMs);
      const stop = () => {
        over = true;
        clearTimeout(timer);
        request?.destroy();
      };
      try {
        const { protocol } = new URL(url);
        const send = protocol === 'https:' ? overHttps : overHttp;
        const length = String(Buffer.byteLength(body));
        request = send(url, {
          method: 'POST',
          agent: false,
          headers: { 'user-agent': 'paperjam', ...headers, 'content-length': length },
          ...(ca === undefined || protocol !== 'https:' ? {} : { ca: [...rootCertificates, ca] }),
        });
      } catch (error) {
        // An address or a header that cannot be sent. It is told like any other failure, after this call.
        clearTimeout(timer);
        queueMicrotask(() => end({ failure: wordsOf(error) }));
        return () => {
          over = true;
        };
      }
      request.on('error', (error) => end({ failure: wordsOf(error) }));
      request.on('close', () => {
        clearTimeout(timer);
        end({ failure: 'the connection ended without an answer' });
      });
      request.on('response', (response) => {
        end({ status: response.statusCode ?? 0 });
        let bytes = 0;
        response.on('error', () => {}); // It was cut off; the status has been heard.
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > MOST_ANSWER_BYTES) response.destroy();
        });
      });
      request.end(body);
      return stop;
    },
  };
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Several addresses were tried, and none of the errors is told by the one that stands for all.
  if (error.message === '' && error instanceof AggregateError) return wordsOf(error.errors[0]);
  return error.message;
}
