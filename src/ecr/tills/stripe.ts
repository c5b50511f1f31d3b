import { Hooks } from '../../till/hooks.js';
import { createStripeFace, signStripeEvent } from '../../till/stripe/face.js';
import { openFace } from './face.js';
import type { OpenedTill, TillParts } from './parts.js';

/** A picture to be printed has 100 kB at most, and stands in a form. */
const BODY_BYTES = 128 * 1024;

/** Stripe's API for server-driven readers, with its webhooks. */
export function openStripe(parts: TillParts): Promise<OpenedTill> {
  const { shop, shelf, courier, config } = parts;
  const { token } = config;
  const { clock, random } = shop;
  const mine = { shelf, courier, name: 'stripe', sign: signStripeEvent };
  const hooks = new Hooks({ clock, random: random.fork('stripe'), ...mine });
  const face = createStripeFace(shop, { shelf, hooks, keys: token === undefined ? undefined : [token] });
  const place = { which: 'stripe', what: 'Stripe', port: config.stripe.port, hooks, bodyBytes: BODY_BYTES } as const;
  return openFace(parts, face, place);
}
