import { StripeRefusal } from './refusal.js';

/**
 * Who may call (docs.stripe.com/api/authentication): a secret key, as a bearer token or as the user name of basic
 * authentication. `keys`: these and no other; without them any key of test mode. `undefined` when all is well.
 */
export function keyRefusal(header: string | undefined, keys: readonly string[] | undefined): StripeRefusal | undefined {
  const key = keyIn(header);
  if (key === undefined || key === '') {
    return refusal(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://docs.stripe.com/api#authentication for details.",
    );
  }
  if (key.startsWith('pk_')) {
    return refusal(
      'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
      'secret_key_required',
    );
  }
  const good = keys === undefined ? /^[sr]k_test_[A-Za-z0-9_]{1,250}$/.test(key) : keys.includes(key);
  if (good) return undefined;
  const allowed = keys === undefined ? ' Allowed is any secret key of test mode: sk_test_…' : '';
  return refusal(`Invalid API Key provided: ${masked(key)}.${allowed}`);
}

function refusal(message: string, code?: string): StripeRefusal {
  return new StripeRefusal(401, { type: 'invalid_request_error', message, ...(code === undefined ? {} : { code }) });
}

function keyIn(header = ''): string | undefined {
  const [, scheme = '', rest = ''] = /^(\S+)\s+(\S+)\s*$/.exec(header) ?? [];
  if (scheme.toLowerCase() === 'bearer') return rest;
  if (scheme.toLowerCase() === 'basic') return Buffer.from(rest, 'base64').toString('utf8').split(':')[0];
  return undefined;
}

/** Stripe shows the end of a key, and a star for each letter of its middle. */
function masked(key: string): string {
  const safe = key.replaceAll(/[^A-Za-z0-9_]/g, '?').slice(0, 120);
  return safe.length <= 12
    ? '*'.repeat(safe.length)
    : `${safe.slice(0, 8)}${'*'.repeat(safe.length - 12)}${safe.slice(-4)}`;
}
