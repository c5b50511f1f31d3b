import type { KeyObject } from 'node:crypto';
import type { NoticeCourier } from '../../notices.js';
import { signedForm } from '../signing.js';

/** How long a merchant may take to say `success`. */
const PATIENCE_MS = 10_000;

export interface HttpCourier extends NoticeCourier {
  /** Cuts what is under way. */
  close(): void;
}

/** Brings notices by HTTP: a signed form by POST to the notify_url. Whatever goes wrong is no answer. */
export function httpCourier(appId: string, key: KeyObject): HttpCourier {
  const closing = new AbortController();
  const post = async (url: string, body: URLSearchParams): Promise<string | undefined> => {
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(PATIENCE_MS)]);
    const response = await fetch(url, { method: 'POST', body, signal, redirect: 'error' });
    const word = await response.text();
    return response.ok ? word.trim() : undefined;
  };
  return {
    carry(url, fields, badSignature, done) {
      post(url, signedForm(key, { ...fields, app_id: appId }, badSignature)).then(done, () => done(undefined));
    },
    close: () => closing.abort(),
  };
}
